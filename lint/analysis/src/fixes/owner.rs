//! A socket that nobody closes gets an owner, which does.

use syn::{Expr, Stmt};

use super::around::{Function, Node};
use super::text::{has_word, range};
use super::words::bound_by;
use super::{fix, insert};
use crate::report::{Applicability, Finding, Fix};

const OWNER: &str = "std::os::windows::io::OwnedSocket";
const FROM: &str = "std::os::windows::io::FromRawSocket";

/// Puts a guard behind the check of the descriptor.
pub(super) fn guarded(function: &Function<'_>, finding: &Finding) -> Option<Fix> {
    let nodes = function.nodes(finding.primary);
    let (local, name) = bound_by(&nodes)?;
    let name = name.to_string();
    let declared = range(local);
    let block = nodes.iter().rev().find_map(|node| match node {
        Node::Block(block) if block.stmts.iter().any(|stmt| range(stmt) == declared) => {
            Some(*block)
        }
        _ => None,
    })?;
    let at = block
        .stmts
        .iter()
        .position(|stmt| range(stmt) == declared)?;
    let checked = block.stmts.get(at + 1).filter(|next| match next {
        Stmt::Expr(Expr::If(check), _) => {
            check.else_branch.is_none()
                && has_word(function.text.of_node(&check.cond), &name)
                && leaves(&check.then_branch)
        }
        _ => false,
    });
    let taken = function.text.of_node(local).contains("into_raw_socket");
    if checked.is_none() && !taken && !is_checked(local) {
        return None;
    }
    let behind = range(checked.unwrap_or(&block.stmts[at]));
    let guard = function.fresh(&["_owner", "_guard", "_closer"])?;
    let text = function.text;
    let line = format!(
        "{}{}// Closes `{name}` on every path.{}{}",
        text.line_end(),
        text.indent(behind.start),
        text.line_end(),
        text.indent(behind.start),
    );
    let made = format!("<{OWNER} as {FROM}>::from_raw_socket({name} as _)");
    let made = format!("{line}let {guard} = unsafe {{ {made} }};");
    let end = function.at(behind.end..behind.end);
    fix(
        format!("give `{name}` to an owner that closes it"),
        vec![insert(end, made)],
        Applicability::MaybeIncorrect,
    )
}

/// Whether what is bound is a socket, and not the failure value.
fn is_checked(local: &syn::Local) -> bool {
    let Some(init) = &local.init else {
        return false;
    };
    init.diverge.is_some() || matches!(&*init.expr, Expr::Try(_) | Expr::Match(_))
}

/// Whether the block does not go on behind its end.
fn leaves(block: &syn::Block) -> bool {
    matches!(
        block.stmts.last(),
        Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _) | Stmt::Macro(_))
    )
}
