//! What an expression is: without a value, the same before and after a close, or with types from where it goes.

use quote::ToTokens;
use syn::{Expr, Macro, ReturnType, Stmt};

use super::around::{Function, Node, variable};
use super::text::range;
use crate::span::Span;

/// Whether the expression, with these nodes around it, gives nothing: it is a loop, or the last of a function that
/// returns nothing.
pub(super) fn is_unit(function: &Function<'_>, expr: &Expr, outside: &[Node<'_>]) -> bool {
    match expr {
        Expr::ForLoop(_) | Expr::While(_) | Expr::Assign(_) => return true,
        Expr::If(branch) if branch.else_branch.is_none() => return true,
        _ => {}
    }
    for node in outside.iter().rev() {
        match node {
            Node::Block(_) | Node::Arm(_) | Node::Stmt(Stmt::Expr(_, None)) => {}
            Node::Expr(Expr::Unsafe(_) | Expr::Block(_) | Expr::If(_) | Expr::Match(_)) => {}
            Node::Expr(Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_)) => return true,
            _ => return false,
        }
    }
    let output = function.source().map(|source| &source.sig.output);
    matches!(output, Some(ReturnType::Default))
}

/// Whether the statement is there in some configurations only, as what comes before it must be then.
pub(super) fn is_configured(nodes: &[Node<'_>]) -> bool {
    let statement = nodes.iter().rev().find_map(|node| match node {
        Node::Stmt(stmt) => Some(*stmt),
        _ => None,
    });
    statement.is_some_and(|stmt| {
        let tokens = stmt.to_token_stream().into_iter().next();
        tokens.is_some_and(|token| token.to_string() == "#")
    })
}

pub(super) fn statement_start(nodes: &[Node<'_>]) -> Option<usize> {
    nodes.iter().rev().find_map(|node| match node {
        Node::Stmt(stmt) => Some(range(*stmt).start),
        _ => None,
    })
}

/// `bail!(..)`, which always returns.
pub(super) fn is_bail(call: &Macro, exit: Span) -> bool {
    let place = range(call);
    let last = call.path.segments.last();
    let holds = place.start <= exit.lo as usize && exit.hi as usize <= place.end;
    holds && last.is_some_and(|last| last.ident == "bail")
}

/// Where a closure that only a failure goes through gives its value, which is the same after a close.
pub(super) fn end_of_failure(operand: &Expr) -> Option<usize> {
    let Expr::MethodCall(call) = operand else {
        return None;
    };
    let [Expr::Closure(closure)] = call.args.iter().collect::<Vec<_>>()[..] else {
        return None;
    };
    let on_failure = call.method == "map_err" || call.method == "or_else";
    match &*closure.body {
        Expr::Block(body) if on_failure => match body.block.stmts.as_slice() {
            [_, .., Stmt::Expr(value @ Expr::Path(_), None)] => Some(range(value).start),
            _ => None,
        },
        _ => None,
    }
}

/// A closure, perhaps boxed.
pub(super) fn is_closure(value: &Expr) -> bool {
    match value {
        Expr::Closure(_) => true,
        Expr::Paren(inner) => is_closure(&inner.expr),
        Expr::Reference(inner) => is_closure(&inner.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().any(is_closure),
        Expr::Call(call) => call.args.iter().any(is_closure),
        _ => false,
    }
}

/// `Err`, `Some`, `Ok`
pub(super) fn is_wrapper(function: &Expr) -> bool {
    variable(function).is_some_and(|name| name == "Err" || name == "Some" || name == "Ok")
}

/// Whether the value is the same before and after a close.
pub(super) fn is_inert(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Unary(inner) => is_inert(&inner.expr),
        Expr::Paren(inner) => is_inert(&inner.expr),
        Expr::Cast(inner) => is_inert(&inner.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_inert),
        Expr::Call(call) => is_wrapper(&call.func) && call.args.iter().all(is_inert),
        _ => false,
    }
}
