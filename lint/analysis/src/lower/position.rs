//! First and last tokens of syntax nodes.
//!
//! `Spanned::span` prints a node to tokens to find its ends, which is quadratic
//! over a tree; these walk to the ends instead.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Expr, Path, PathArguments, QSelf};

/// The span of a path's first token.
pub(super) fn path_start(qself: Option<&QSelf>, path: &Path) -> Span {
    if let Some(qself) = qself {
        return qself.lt_token.span;
    }
    match (&path.leading_colon, path.segments.first()) {
        (Some(colon), _) => colon.spans[0],
        (None, Some(segment)) => segment.ident.span(),
        (None, None) => Span::call_site(),
    }
}

/// The span of a path's last token.
pub(super) fn path_end(path: &Path) -> Span {
    match path.segments.last() {
        Some(segment) => match &segment.arguments {
            PathArguments::None => segment.ident.span(),
            PathArguments::AngleBracketed(arguments) => arguments.gt_token.span,
            PathArguments::Parenthesized(arguments) => match &arguments.output {
                syn::ReturnType::Default => arguments.paren_token.span.close(),
                syn::ReturnType::Type(_, ty) => ty.span(),
            },
        },
        None => Span::call_site(),
    }
}

/// The child at whose first token `expr` starts, if `expr` starts with a child.
fn left_child(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Assign(expr) => Some(&expr.left),
        Expr::Await(expr) => Some(&expr.base),
        Expr::Binary(expr) => Some(&expr.left),
        Expr::Call(expr) => Some(&expr.func),
        Expr::Cast(expr) => Some(&expr.expr),
        Expr::Field(expr) => Some(&expr.base),
        Expr::Group(expr) => Some(&expr.expr),
        Expr::Index(expr) => Some(&expr.expr),
        Expr::MethodCall(expr) => Some(&expr.receiver),
        Expr::Range(expr) => expr.start.as_deref(),
        Expr::Try(expr) => Some(&expr.expr),
        _ => None,
    }
}

/// The span of an expression's first token, attributes left out.
pub(super) fn expr_start(mut expr: &Expr) -> Span {
    while let Some(left) = left_child(expr) {
        expr = left;
    }
    let label = |label: &Option<syn::Label>, otherwise: Span| match label {
        Some(label) => label.name.apostrophe,
        None => otherwise,
    };
    match expr {
        Expr::Array(expr) => expr.bracket_token.span.open(),
        Expr::Async(expr) => expr.async_token.span,
        Expr::Block(expr) => label(&expr.label, expr.block.brace_token.span.open()),
        Expr::Break(expr) => expr.break_token.span,
        Expr::Closure(expr) => match (&expr.asyncness, &expr.capture) {
            (Some(token), _) => token.span,
            (None, Some(token)) => token.span,
            (None, None) => expr.inputs_begin.span,
        },
        Expr::Const(expr) => expr.const_token.span,
        Expr::Continue(expr) => expr.continue_token.span,
        Expr::ForLoop(expr) => label(&expr.label, expr.for_token.span),
        Expr::If(expr) => expr.if_token.span,
        Expr::Infer(expr) => expr.underscore_token.span,
        Expr::Let(expr) => expr.let_token.span,
        Expr::Lit(expr) => expr.lit.span(),
        Expr::Loop(expr) => label(&expr.label, expr.loop_token.span),
        Expr::Macro(expr) => path_start(None, &expr.mac.path),
        Expr::Match(expr) => expr.match_token.span,
        Expr::Paren(expr) => expr.paren_token.span.open(),
        Expr::Path(expr) => path_start(expr.qself.as_ref(), &expr.path),
        Expr::Range(expr) => match &expr.limits {
            syn::RangeLimits::HalfOpen(token) => token.spans[0],
            syn::RangeLimits::Closed(token) => token.spans[0],
        },
        Expr::RawAddr(expr) => expr.and_token.span,
        Expr::Reference(expr) => expr.and_token.span,
        Expr::Repeat(expr) => expr.bracket_token.span.open(),
        Expr::Return(expr) => expr.return_token.span,
        Expr::Struct(expr) => path_start(expr.qself.as_ref(), &expr.path),
        Expr::TryBlock(expr) => expr.try_token.span,
        Expr::Tuple(expr) => expr.paren_token.span.open(),
        Expr::Unary(expr) => expr.op.span(),
        Expr::Unsafe(expr) => expr.unsafe_token.span,
        Expr::While(expr) => label(&expr.label, expr.while_token.span),
        Expr::Yield(expr) => expr.yield_token.span,
        other => other.span(),
    }
}

/// The child at whose last token `expr` ends, if `expr` ends with a child.
fn right_child(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Assign(expr) => Some(&expr.right),
        Expr::Binary(expr) => Some(&expr.right),
        Expr::Break(expr) => expr.expr.as_deref(),
        Expr::Closure(expr) => Some(&expr.body),
        Expr::Group(expr) => Some(&expr.expr),
        Expr::If(expr) => expr.else_branch.as_ref().map(|(_, expr)| &**expr),
        Expr::Let(expr) => Some(&expr.expr),
        Expr::Range(expr) => expr.end.as_deref(),
        Expr::RawAddr(expr) => Some(&expr.expr),
        Expr::Reference(expr) => Some(&expr.expr),
        Expr::Return(expr) => expr.expr.as_deref(),
        Expr::Unary(expr) => Some(&expr.expr),
        Expr::Yield(expr) => expr.expr.as_deref(),
        _ => None,
    }
}

/// The span of an expression's last token.
pub(super) fn expr_end(mut expr: &Expr) -> Span {
    while let Some(right) = right_child(expr) {
        expr = right;
    }
    match expr {
        Expr::Array(expr) => expr.bracket_token.span.close(),
        Expr::Async(expr) => expr.block.brace_token.span.close(),
        Expr::Await(expr) => expr.await_token.span,
        Expr::Block(expr) => expr.block.brace_token.span.close(),
        Expr::Break(expr) => match &expr.label {
            Some(label) => label.ident.span(),
            None => expr.break_token.span,
        },
        Expr::Call(expr) => expr.paren_token.span.close(),
        Expr::Cast(expr) => expr.ty.span(),
        Expr::Const(expr) => expr.block.brace_token.span.close(),
        Expr::Continue(expr) => match &expr.label {
            Some(label) => label.ident.span(),
            None => expr.continue_token.span,
        },
        Expr::Field(expr) => match &expr.member {
            syn::Member::Named(ident) => ident.span(),
            syn::Member::Unnamed(index) => index.span,
        },
        Expr::ForLoop(expr) => expr.body.brace_token.span.close(),
        Expr::If(expr) => expr.then_branch.brace_token.span.close(),
        Expr::Index(expr) => expr.bracket_token.span.close(),
        Expr::Infer(expr) => expr.underscore_token.span,
        Expr::Lit(expr) => expr.lit.span(),
        Expr::Loop(expr) => expr.body.brace_token.span.close(),
        Expr::Macro(expr) => macro_end(&expr.mac),
        Expr::Match(expr) => expr.brace_token.span.close(),
        Expr::MethodCall(expr) => expr.paren_token.span.close(),
        Expr::Paren(expr) => expr.paren_token.span.close(),
        Expr::Path(expr) => path_end(&expr.path),
        Expr::Range(expr) => match &expr.limits {
            syn::RangeLimits::HalfOpen(token) => token.spans[1],
            syn::RangeLimits::Closed(token) => token.spans[2],
        },
        Expr::Repeat(expr) => expr.bracket_token.span.close(),
        Expr::Return(expr) => expr.return_token.span,
        Expr::Struct(expr) => expr.brace_token.span.close(),
        Expr::Try(expr) => expr.question_token.span,
        Expr::TryBlock(expr) => expr.block.brace_token.span.close(),
        Expr::Tuple(expr) => expr.paren_token.span.close(),
        Expr::Unsafe(expr) => expr.block.brace_token.span.close(),
        Expr::While(expr) => expr.body.brace_token.span.close(),
        Expr::Yield(expr) => expr.yield_token.span,
        other => other.span(),
    }
}

/// The span of a macro invocation's closing delimiter.
pub(super) fn macro_end(mac: &syn::Macro) -> Span {
    match &mac.delimiter {
        syn::MacroDelimiter::Paren(token) => token.span.close(),
        syn::MacroDelimiter::Brace(token) => token.span.close(),
        syn::MacroDelimiter::Bracket(token) => token.span.close(),
    }
}

/// An expression's outer attributes.
pub(super) fn expr_attrs(expr: &Expr) -> &[syn::Attribute] {
    match expr {
        Expr::Array(expr) => &expr.attrs,
        Expr::Assign(expr) => &expr.attrs,
        Expr::Async(expr) => &expr.attrs,
        Expr::Await(expr) => &expr.attrs,
        Expr::Binary(expr) => &expr.attrs,
        Expr::Block(expr) => &expr.attrs,
        Expr::Break(expr) => &expr.attrs,
        Expr::Call(expr) => &expr.attrs,
        Expr::Cast(expr) => &expr.attrs,
        Expr::Closure(expr) => &expr.attrs,
        Expr::Const(expr) => &expr.attrs,
        Expr::Continue(expr) => &expr.attrs,
        Expr::Field(expr) => &expr.attrs,
        Expr::ForLoop(expr) => &expr.attrs,
        Expr::Group(expr) => &expr.attrs,
        Expr::If(expr) => &expr.attrs,
        Expr::Index(expr) => &expr.attrs,
        Expr::Infer(expr) => &expr.attrs,
        Expr::Let(expr) => &expr.attrs,
        Expr::Lit(expr) => &expr.attrs,
        Expr::Loop(expr) => &expr.attrs,
        Expr::Macro(expr) => &expr.attrs,
        Expr::Match(expr) => &expr.attrs,
        Expr::MethodCall(expr) => &expr.attrs,
        Expr::Paren(expr) => &expr.attrs,
        Expr::Path(expr) => &expr.attrs,
        Expr::Range(expr) => &expr.attrs,
        Expr::RawAddr(expr) => &expr.attrs,
        Expr::Reference(expr) => &expr.attrs,
        Expr::Repeat(expr) => &expr.attrs,
        Expr::Return(expr) => &expr.attrs,
        Expr::Struct(expr) => &expr.attrs,
        Expr::Try(expr) => &expr.attrs,
        Expr::TryBlock(expr) => &expr.attrs,
        Expr::Tuple(expr) => &expr.attrs,
        Expr::Unary(expr) => &expr.attrs,
        Expr::Unsafe(expr) => &expr.attrs,
        Expr::While(expr) => &expr.attrs,
        Expr::Yield(expr) => &expr.attrs,
        _ => &[],
    }
}
