//! Questions about expressions that need no state: literals, operators, purity.

use crate::mir::{BinOp, Const, Name};

/// Parentheses and invisible groups away.
pub(super) fn strip(mut expr: &syn::Expr) -> &syn::Expr {
    loop {
        expr = match expr {
            syn::Expr::Paren(inner) => &inner.expr,
            syn::Expr::Group(inner) => &inner.expr,
            _ => return expr,
        };
    }
}

/// Whether evaluating `expr` can neither run code nor assign.
pub(super) fn is_pure(expr: &syn::Expr) -> bool {
    let mut pending = vec![expr];
    while let Some(expr) = pending.pop() {
        match expr {
            syn::Expr::Lit(_) | syn::Expr::Path(_) | syn::Expr::Closure(_) => {}
            syn::Expr::Paren(expr) => pending.push(&expr.expr),
            syn::Expr::Group(expr) => pending.push(&expr.expr),
            syn::Expr::Field(expr) => pending.push(&expr.base),
            syn::Expr::Reference(expr) => pending.push(&expr.expr),
            syn::Expr::RawAddr(expr) => pending.push(&expr.expr),
            syn::Expr::Cast(expr) => pending.push(&expr.expr),
            syn::Expr::Unary(expr) => pending.push(&expr.expr),
            syn::Expr::Repeat(expr) => pending.push(&expr.expr),
            syn::Expr::Index(expr) => pending.extend([&*expr.expr, &*expr.index]),
            syn::Expr::Binary(expr) if plain_op(&expr.op).is_some() => {
                pending.extend([&*expr.left, &*expr.right]);
            }
            syn::Expr::Range(expr) => {
                pending.extend(
                    [expr.start.as_deref(), expr.end.as_deref()]
                        .into_iter()
                        .flatten(),
                );
            }
            syn::Expr::Tuple(expr) => pending.extend(&expr.elems),
            syn::Expr::Array(expr) => pending.extend(&expr.elems),
            _ => return false,
        }
    }
    true
}

/// A literal; `negative` with a minus in front.
pub(super) fn lower_lit(lit: &syn::Lit, negative: bool) -> Const {
    match lit {
        syn::Lit::Int(int) => {
            let suffix = match int.suffix() {
                "" => None,
                suffix => Some(Name::from(suffix)),
            };
            match int.base10_parse::<i128>() {
                Ok(value) if negative => Const::Int(-value, suffix),
                Ok(value) => Const::Int(value, suffix),
                Err(_) => Const::Other,
            }
        }
        syn::Lit::Byte(byte) => Const::Int(i128::from(byte.value()), Some(Name::from("u8"))),
        syn::Lit::Char(char) => Const::Int(
            i128::from(u32::from(char.value())),
            Some(Name::from("char")),
        ),
        syn::Lit::Bool(bool) => Const::Bool(bool.value),
        syn::Lit::Str(str) => Const::Str(Name::from(str.value())),
        // A factor like `1000.0`.
        syn::Lit::Float(float) => match float.base10_parse::<f64>() {
            Ok(value) if value.fract() == 0.0 && value.abs() < 1e9 => {
                let value = value as i128;
                Const::Int(
                    if negative { -value } else { value },
                    Some(Name::from("f64")),
                )
            }
            _ => Const::Other,
        },
        // Byte and C strings, and what syn does not interpret.
        _ => Const::Other,
    }
}

/// The operators that evaluate both sides and assign nothing.
pub(super) fn plain_op(op: &syn::BinOp) -> Option<BinOp> {
    Some(match op {
        syn::BinOp::Add(_) => BinOp::Add,
        syn::BinOp::Sub(_) => BinOp::Sub,
        syn::BinOp::Mul(_) => BinOp::Mul,
        syn::BinOp::Div(_) => BinOp::Div,
        syn::BinOp::Rem(_) => BinOp::Rem,
        syn::BinOp::BitAnd(_) => BinOp::BitAnd,
        syn::BinOp::BitOr(_) => BinOp::BitOr,
        syn::BinOp::BitXor(_) => BinOp::BitXor,
        syn::BinOp::Shl(_) => BinOp::Shl,
        syn::BinOp::Shr(_) => BinOp::Shr,
        syn::BinOp::Eq(_) => BinOp::Eq,
        syn::BinOp::Ne(_) => BinOp::Ne,
        syn::BinOp::Lt(_) => BinOp::Lt,
        syn::BinOp::Le(_) => BinOp::Le,
        syn::BinOp::Gt(_) => BinOp::Gt,
        syn::BinOp::Ge(_) => BinOp::Ge,
        _ => return None,
    })
}

/// The operator of a compound assignment.
pub(super) fn compound_op(op: &syn::BinOp) -> Option<BinOp> {
    Some(match op {
        syn::BinOp::AddAssign(_) => BinOp::Add,
        syn::BinOp::SubAssign(_) => BinOp::Sub,
        syn::BinOp::MulAssign(_) => BinOp::Mul,
        syn::BinOp::DivAssign(_) => BinOp::Div,
        syn::BinOp::RemAssign(_) => BinOp::Rem,
        syn::BinOp::BitAndAssign(_) => BinOp::BitAnd,
        syn::BinOp::BitOrAssign(_) => BinOp::BitOr,
        syn::BinOp::BitXorAssign(_) => BinOp::BitXor,
        syn::BinOp::ShlAssign(_) => BinOp::Shl,
        syn::BinOp::ShrAssign(_) => BinOp::Shr,
        _ => return None,
    })
}

/// All identifiers among the tokens, at any depth.
pub(super) fn idents_in(tokens: proc_macro2::TokenStream) -> Vec<syn::Ident> {
    let mut idents = Vec::new();
    let mut streams = vec![tokens.into_iter()];
    while let Some(stream) = streams.last_mut() {
        match stream.next() {
            None => {
                streams.pop();
            }
            Some(proc_macro2::TokenTree::Group(group)) => {
                streams.push(group.stream().into_iter());
            }
            Some(proc_macro2::TokenTree::Ident(ident)) => idents.push(ident),
            Some(_) => {}
        }
    }
    idents
}
