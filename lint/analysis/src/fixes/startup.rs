//! The error of WSAStartup is its result, and not the last error.

use syn::{BinOp, Expr, Local, Pat, Stmt};

use super::around::{Function, Node, bare};
use super::text::range;
use super::words::{Words, bound_by, has_cast};
use super::{fix, insert};
use crate::report::{Applicability, Edit, Finding, Fix};

/// Takes the result of WSAStartup in place of the last error; where no variable has it, one gets it.
pub(super) fn result_taken(
    function: &Function<'_>,
    words: &Words<'_>,
    finding: &Finding,
) -> Option<Fix> {
    let started = finding.path.first()?.span;
    let calling = function.nodes(started);
    let call = calling.iter().rev().find_map(|node| match node {
        Node::Expr(expr) if node.range() == started.range() => Some(*expr),
        _ => None,
    })?;
    let Expr::Call(of) = call else { return None };
    // The windows crate has a type of its own for error codes.
    if words.is_of(function, function.text.of_node(&of.func), "windows::") {
        return None;
    }
    let reading = function.nodes(finding.primary);
    let read = reading.iter().rev().find_map(|node| match node {
        Node::Expr(expr) if node.range() == finding.primary.range() => Some(*expr),
        _ => None,
    })?;
    let place = finding.primary.lo as usize;
    let bound = bound_by(&calling).filter(|(local, name)| {
        let binding = range(*name);
        is_result(local, call) && function.means(&name.to_string(), &binding, place)
    });
    let fresh = || function.fresh(&["code", "error_code", "started"]);
    let (code, mut edits) = match (bound, arm(&reading, call)) {
        (Some((_, name)), _) => (name.to_string(), Vec::new()),
        (None, Some(any)) => {
            let code = fresh()?.to_owned();
            let span = function.span(any);
            let text = code.clone();
            (code, vec![Edit { span, text }])
        }
        (None, None) => {
            let (at, whole) = condition(function, &calling, place)?;
            let code = fresh()?;
            let text = function.text;
            let first = format!("let {code} = {};", text.of_node(whole));
            let edits = vec![
                insert(function.at(at..at), text.before(at, &[first])),
                Edit {
                    span: function.span(whole),
                    text: code.to_owned(),
                },
            ];
            (code.to_owned(), edits)
        }
    };
    let written = function.text.of_node(read);
    let (object, name) = written
        .trim_end_matches("()")
        .rsplit_once("::")
        .unwrap_or(("", written));
    // With an `unsafe` block of its own, which is of no use then.
    let own = reading.iter().rev().find_map(|node| match node {
        Node::Expr(expr @ Expr::Unsafe(_)) if range(bare(expr)) == range(read) => Some(*expr),
        _ => None,
    });
    let replaced = own.unwrap_or(read);
    let joined = reading.iter().any(|node| match node {
        Node::Expr(Expr::MethodCall(call)) => range(&call.receiver) == range(replaced),
        Node::Expr(Expr::Binary(binary)) => range(&binary.left) == range(replaced),
        _ => false,
    });
    let text = match name.trim_end_matches("()") {
        "GetLastError" if joined => format!("({code} as u32)"),
        "WSAGetLastError" => code.clone(),
        "GetLastError" => format!("{code} as u32"),
        "last_os_error" if !object.is_empty() => format!("{object}::from_raw_os_error({code})"),
        _ => return None,
    };
    // The function as a value: `ok_or_else(io::Error::last_os_error)`.
    let text = match read {
        Expr::Path(_) => format!("|| {text}"),
        _ => text,
    };
    edits.push(Edit {
        span: function.span(replaced),
        text,
    });
    fix(
        format!("take the error from the result: `{code}`"),
        edits,
        Applicability::MachineApplicable,
    )
}

/// Whether the variable is the call's result as it is.
fn is_result(local: &Local, call: &Expr) -> bool {
    local.init.as_ref().is_some_and(|init| {
        let whole = range(bare(&init.expr)) == range(call);
        init.diverge.is_none() && whole && !has_cast(&init.expr)
    })
}

/// The `_` of an arm that has the place, of a `match` on the call's result as it is.
fn arm<'a>(reading: &[Node<'a>], call: &Expr) -> Option<&'a Pat> {
    reading.iter().find_map(|node| match node {
        Node::Expr(Expr::Match(branches))
            if range(bare(&branches.expr)) == range(call) && !has_cast(&branches.expr) =>
        {
            reading.iter().find_map(|node| match node {
                Node::Arm(arm) if branches.arms.iter().any(|of| range(of) == range(*arm)) => {
                    matches!(arm.pat, Pat::Wild(_)).then_some(&arm.pat)
                }
                _ => None,
            })
        }
        _ => None,
    })
}

/// The call in the condition of an `if` that is a statement, in whose block the place is: where the statement
/// starts, and the call with its `unsafe` block, which is the first that the condition asks for.
fn condition<'a>(
    function: &Function<'_>,
    nodes: &[Node<'a>],
    place: usize,
) -> Option<(usize, &'a Expr)> {
    let call = nodes.last()?.range();
    let whole = nodes.iter().find_map(|node| match node {
        Node::Expr(expr @ (Expr::Unsafe(_) | Expr::Call(_)))
            if range(bare(expr)) == call && !has_cast(expr) =>
        {
            Some(*expr)
        }
        _ => None,
    })?;
    let at = nodes.iter().rposition(
        |node| matches!(node, Node::Stmt(stmt) if range(*stmt).end > range(whole).end),
    )?;
    let Node::Stmt(Stmt::Expr(Expr::If(check), _)) = nodes[at] else {
        return None;
    };
    let start = range(check).start;
    let reached = nodes[..at].last()?.range().contains(&place);
    (reached && comes_first(&check.cond, whole) && function.text.starts_line(start))
        .then_some((start, whole))
}

/// Whether the condition evaluates the expression, and nothing else before it.
fn comes_first(condition: &Expr, expr: &Expr) -> bool {
    match condition {
        _ if range(condition) == range(expr) => true,
        Expr::Paren(inner) => comes_first(&inner.expr, expr),
        Expr::Unary(inner) => comes_first(&inner.expr, expr),
        Expr::Cast(inner) => comes_first(&inner.expr, expr),
        Expr::Binary(binary) => {
            let first = matches!(&*binary.left, Expr::Lit(_) | Expr::Path(_));
            let both = !matches!(binary.op, BinOp::And(_) | BinOp::Or(_));
            comes_first(&binary.left, expr) || first && both && comes_first(&binary.right, expr)
        }
        _ => false,
    }
}
