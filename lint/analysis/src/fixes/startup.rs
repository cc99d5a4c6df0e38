//! The error of WSAStartup is its result, and not the last error.

use syn::{Expr, Local};

use super::around::{Function, Node, bare};
use super::text::range;
use super::words::{Words, bound_by};
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
    let bound = bound_by(&calling).filter(|(local, _)| is_result(local, call));
    let (code, mut edits) = match bound {
        Some((_, name)) => (name.to_string(), Vec::new()),
        None => {
            let (at, whole) = condition(function, &calling)?;
            let code = function.fresh(&["code", "error_code", "started"])?;
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
    let text = match name.trim_end_matches("()") {
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
        span: finding.primary,
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
    local
        .init
        .as_ref()
        .is_some_and(|init| init.diverge.is_none() && range(bare(&init.expr)) == range(call))
}

/// The call in the condition of an `if` that is a statement: where the statement starts, and the call with its
/// `unsafe` block.
fn condition<'a>(function: &Function<'_>, nodes: &[Node<'a>]) -> Option<(usize, &'a Expr)> {
    let call = nodes.last()?.range();
    let whole = nodes.iter().find_map(|node| match node {
        Node::Expr(expr @ (Expr::Unsafe(_) | Expr::Call(_))) if range(bare(expr)) == call => {
            Some(*expr)
        }
        _ => None,
    });
    let start = nodes.iter().rev().find_map(|node| match node {
        Node::Stmt(syn::Stmt::Expr(Expr::If(check), _)) => {
            Some((range(check).start, range(&check.cond)))
        }
        Node::Stmt(_) => Some((0, 0..0)),
        _ => None,
    });
    let (start, condition) = start?;
    let inside = condition.start <= call.start && call.end <= condition.end;
    (inside && function.text.starts_line(start)).then_some((start, whole?))
}
