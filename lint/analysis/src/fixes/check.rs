//! A wrong closer, a wrong failure value, a check the wrong way round, a close too many.

use syn::{BinOp, Expr, Lit, Stmt, UnOp};

use super::around::{Function, Node, bare, variable};
use super::fix;
use super::text::range;
use super::words::Words;
use crate::report::{Applicability, Edit, Finding, Fix};

/// `CloseHandle(s as HANDLE)` becomes `closesocket(s)`.
pub(super) fn closer(function: &Function<'_>, words: &Words<'_>, finding: &Finding) -> Option<Fix> {
    let nodes = function.nodes(finding.primary);
    let at = nodes.iter().rposition(|node| {
        matches!(node, Node::Expr(Expr::Call(_))) && node.range() == finding.primary.range()
    })?;
    let Node::Expr(Expr::Call(call)) = nodes[at] else {
        return None;
    };
    let wrong = match &*call.func {
        Expr::Path(path) => path.path.segments.last()?.ident.to_string(),
        _ => return None,
    };
    // The other way round: what kind of handle it is decides.
    if wrong == "closesocket" || call.args.len() != 1 {
        return None;
    }
    let closer = words.closer(function)?;
    let given = call.args.first()?;
    let inner = unwrapped(given);
    let known = is_known(function, words, inner);
    let text = function.text.of_node(inner);
    let argument = match known {
        true => text.to_owned(),
        false => format!("{text} as _"),
    };
    // CloseHandle says true for success; closesocket says zero, as `close` does.
    let opposite = !wrong.ends_with("close") && !is_discarded(&nodes[..at], finding);
    fix(
        "close it with `closesocket`".to_owned(),
        vec![Edit {
            span: finding.primary,
            text: format!("{closer}({argument})"),
        }],
        match known && !opposite {
            true => Applicability::MachineApplicable,
            false => Applicability::MaybeIncorrect,
        },
    )
}

/// Whether the expression is a variable with a bare descriptor.
fn is_known(function: &Function<'_>, words: &Words<'_>, expr: &Expr) -> bool {
    variable(expr)
        .is_some_and(|name| words.is_descriptor(function, &name.to_string(), range(name).start))
}

/// The descriptor in `HANDLE(s.0 as _)`, `s as HANDLE`.
fn unwrapped(expr: &Expr) -> &Expr {
    match bare(expr) {
        Expr::Call(call) if call.args.len() == 1 && is_type(&call.func) => {
            match call.args.first() {
                Some(inner) => unwrapped(inner),
                None => expr,
            }
        }
        Expr::Field(field)
            if matches!(&field.member, syn::Member::Unnamed(index) if index.index == 0)
                && variable(&field.base).is_some() =>
        {
            &field.base
        }
        inner => inner,
    }
}

/// The name of a type, and not of a function.
fn is_type(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase)),
        _ => false,
    }
}

/// Whether nothing looks at the value: `f();`, `let _ = f();`, `unsafe { f() };`.
fn is_discarded(outside: &[Node<'_>], finding: &Finding) -> bool {
    let place = finding.primary.hi as usize;
    for node in outside.iter().rev() {
        match node {
            Node::Stmt(Stmt::Expr(_, Some(_))) => return true,
            Node::Local(local) => return matches!(local.pat, syn::Pat::Wild(_)),
            Node::Expr(Expr::Unsafe(_) | Expr::Paren(_)) | Node::Block(_) => {}
            Node::Stmt(Stmt::Expr(expr, None)) if range(expr).end >= place => {}
            _ => return false,
        }
    }
    false
}

/// `s == 0` becomes `s == INVALID_SOCKET`.
pub(super) fn sentinel(
    function: &Function<'_>,
    words: &Words<'_>,
    finding: &Finding,
) -> Option<Fix> {
    let invalid = words.invalid(function)?;
    let nodes = function.nodes(finding.primary);
    let title = format!("compare with `{invalid}`");
    let (text, known) = nodes
        .iter()
        .rev()
        .filter(|node| node.range() == finding.primary.range())
        .find_map(|node| match node {
            Node::Expr(expr) => compared(function, words, bare(expr), &invalid),
            Node::Pat(_) => nodes.iter().rev().find_map(|node| match node {
                Node::Expr(Expr::Match(of)) => {
                    let of = &*of.expr;
                    let known = words.opens(function, of) || is_known(function, words, of);
                    Some((invalid.clone(), known))
                }
                _ => None,
            }),
            _ => None,
        })?;
    fix(
        title,
        vec![Edit {
            span: finding.primary,
            text,
        }],
        match known {
            true => Applicability::MachineApplicable,
            false => Applicability::MaybeIncorrect,
        },
    )
}

fn compared(
    function: &Function<'_>,
    words: &Words<'_>,
    expr: &Expr,
    invalid: &str,
) -> Option<(String, bool)> {
    let Expr::Binary(binary) = expr else {
        return None;
    };
    let (left, right) = (unwrapped(&binary.left), unwrapped(&binary.right));
    let (descriptor, mirrored) = match (is_constant(left), is_constant(right)) {
        (false, true) => (left, false),
        (true, false) => (right, true),
        _ => return None,
    };
    let op = match (&binary.op, mirrored) {
        (BinOp::Eq(_), _) => "==",
        (BinOp::Ne(_), _) => "!=",
        (BinOp::Lt(_) | BinOp::Le(_), false) | (BinOp::Gt(_) | BinOp::Ge(_), true) => "==",
        (BinOp::Gt(_) | BinOp::Ge(_), false) | (BinOp::Lt(_) | BinOp::Le(_), true) => "!=",
        _ => return None,
    };
    let known = is_known(function, words, descriptor);
    let text = function.text.of_node(descriptor);
    Some((format!("{text} {op} {invalid}"), known))
}

/// A literal, or a path that is written like a constant.
fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(literal) => matches!(literal.lit, Lit::Int(_)),
        Expr::Unary(unary) => {
            matches!(unary.op, UnOp::Neg(_) | UnOp::Not(_)) && is_constant(bare(&unary.expr))
        }
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name.len() > 1
                && name
                    .chars()
                    .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '_')
        }),
        _ => false,
    }
}

/// `== 0` and `!= 0` change places.
pub(super) fn turned(function: &Function<'_>, finding: &Finding) -> Option<Fix> {
    let nodes = function.nodes(finding.primary);
    let binary = nodes.iter().rev().find_map(|node| match node {
        Node::Expr(expr) if node.range() == finding.primary.range() => match bare(expr) {
            Expr::Binary(binary) => Some(binary),
            _ => None,
        },
        _ => None,
    })?;
    let (op, turned) = match &binary.op {
        BinOp::Eq(op) => (range(op), "!="),
        BinOp::Ne(op) => (range(op), "=="),
        _ => return None,
    };
    fix(
        format!("turn the check around: `{turned}`"),
        vec![Edit {
            span: function.at(op),
            text: turned.to_owned(),
        }],
        Applicability::MaybeIncorrect,
    )
}

/// The second close goes, if it is a statement of its own.
pub(super) fn once(function: &Function<'_>, finding: &Finding) -> Option<Fix> {
    let nodes = function.nodes(finding.primary);
    let place = finding.primary.hi as usize;
    let statement = nodes.iter().rev().find_map(|node| match node {
        Node::Stmt(Stmt::Expr(expr, Some(_)))
            if range(bare(expr)).end == place
                && range(bare(expr)).start == finding.primary.lo as usize =>
        {
            Some(node.range())
        }
        _ => None,
    })?;
    fix(
        "remove the second close".to_owned(),
        vec![Edit {
            span: function.at(function.text.line_of(statement)),
            text: String::new(),
        }],
        Applicability::MaybeIncorrect,
    )
}
