//! The last error is read before the close that may change it.

use syn::{Expr, Pat, Stmt};

use super::around::{Function, Node};
use super::text::{has_word, range};
use super::words::Words;
use super::{fix, insert};
use crate::report::{Applicability, Edit, Finding, Fix};
use crate::span::Span;

/// Moves the read before the statement with the close.
pub(super) fn read_earlier(
    function: &Function<'_>,
    words: &Words<'_>,
    finding: &Finding,
) -> Option<Fix> {
    let [failed, close, _] = finding.path.as_slice() else {
        return None;
    };
    let reading = function.nodes(finding.primary);
    let closing = function.nodes(close.span);
    // The last block around both.
    let (depth, block) = reading
        .iter()
        .zip(&closing)
        .enumerate()
        .take_while(|(_, (a, b))| a.range() == b.range())
        .filter_map(|(depth, (node, _))| match node {
            Node::Block(block) => Some((depth, *block)),
            _ => None,
        })
        .last()?;
    let statement = |place: usize| {
        let holds = |stmt: &&Stmt| range(*stmt).start <= place && place < range(*stmt).end;
        block.stmts.iter().find(holds)
    };
    let before = statement(close.span.lo as usize)?;
    let reader = statement(finding.primary.lo as usize)?;
    let at = range(before).start;
    if range(before) == range(reader)
        || failed.span.file != function.file
        || failed.span.hi as usize > at
    {
        return None;
    }
    let text = function.text;
    let title = "read the error before the close".to_owned();
    let read = read_expr(&reading, finding)?;
    let inside = &reading[depth..];
    if inside.iter().any(|node| is_loop(node)) {
        return None;
    }
    // What fails in between has its error read there too.
    let between = at..range(read).start;
    let only = !words.calls_another(function, between.clone(), close.span)
        && (is_close(before, close.span) || !function.calls_another(before, close.span));
    let in_closure = inside
        .iter()
        .any(|node| matches!(node, Node::Expr(Expr::Closure(_) | Expr::Async(_))));
    let applicability = match only && !in_closure {
        true => Applicability::MachineApplicable,
        false => Applicability::MaybeIncorrect,
    };
    // `let error = ..;` moves as it stands.
    if let Stmt::Local(local) = reader
        && let Pat::Ident(pattern) = &local.pat
        && !has_word(text.of(between), &pattern.ident.to_string())
        && text.stands_alone(range(reader))
        && local
            .init
            .as_ref()
            .is_some_and(|init| range(&init.expr) == range(read))
    {
        let whole = range(reader);
        let moved = text.before(at, &[text.of(whole.clone()).to_owned()]);
        return fix(
            title,
            vec![
                insert(function.at(at..at), moved),
                Edit {
                    span: function.at(text.line_of(whole)),
                    text: String::new(),
                },
            ],
            applicability,
        );
    }
    let name = function.fresh(&["error", "last_error", "wsa_error"])?;
    let saved = text.before(at, &[format!("let {name} = {};", text.of_node(read))]);
    fix(
        title,
        vec![
            insert(function.at(at..at), saved),
            Edit {
                span: function.span(read),
                text: name.to_owned(),
            },
        ],
        applicability,
    )
}

fn is_loop(node: &Node<'_>) -> bool {
    matches!(
        node,
        Node::Expr(Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_))
    )
}

/// Whether the statement does no more than the close.
fn is_close(statement: &Stmt, close: Span) -> bool {
    let expr = match statement {
        Stmt::Expr(expr, _) => expr,
        Stmt::Local(local) => match &local.init {
            Some(init) => &init.expr,
            None => return false,
        },
        _ => return false,
    };
    match expr {
        Expr::Unsafe(block) => {
            matches!(block.block.stmts.as_slice(), [only] if is_close(only, close))
        }
        _ => range(expr) == close.range(),
    }
}

/// The call that reads, with an `unsafe` block of its own.
fn read_expr<'a>(nodes: &[Node<'a>], finding: &Finding) -> Option<&'a Expr> {
    let at = nodes.iter().rposition(|node| {
        matches!(node, Node::Expr(_)) && node.range() == finding.primary.range()
    })?;
    let Node::Expr(call @ (Expr::Call(_) | Expr::MethodCall(_))) = nodes[at] else {
        return None;
    };
    let around = nodes[..at].iter().rev().find_map(|node| match node {
        Node::Expr(expr) => Some(*expr),
        _ => None,
    });
    match around {
        Some(expr @ Expr::Unsafe(block)) if block.block.stmts.len() == 1 => {
            let only = matches!(&block.block.stmts[0], Stmt::Expr(inner, None) if range(inner) == range(call));
            Some(if only { expr } else { call })
        }
        _ => Some(call),
    }
}
