//! A scope whose last expression lets go of the socket: the close comes behind it if it has no value, in each of its
//! branches that has the socket still, or before its value is given.

use syn::{BinOp, Block, Expr, Stmt};

use super::around::{Node, bare, variable};
use super::carrier::returned;
use super::layout::{at_end, followed, preceded};
use super::leak::Leak;
use super::text::{has_word, range};
use super::value::is_unit;
use crate::report::Edit;

impl Leak<'_> {
    /// The scope ends: before its brace, or in each branch of its last expression that lets go of the socket.
    pub(super) fn at_end_of(&self, block: &Block, nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
        match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) => {
                let edits = self.in_tail(tail)?;
                match edits.is_empty() {
                    true => self.on_failure(tail, nodes),
                    false => Some(edits),
                }
            }
            _ => Some(at_end(self.function, block, self.statement(nodes))),
        }
    }

    /// The closure that gets the socket lets go of it.
    pub(super) fn at_end_of_closure(&self, body: &Expr) -> Option<Vec<Edit>> {
        match body {
            Expr::Block(inner) => {
                let end = range(&inner.block).end - 1;
                let nodes = self.function.nodes(self.function.at(end..end));
                self.at_end_of(&inner.block, &nodes)
            }
            _ => {
                let nodes = self.function.nodes(self.function.span(body));
                match self.in_tail(body)? {
                    edits if edits.is_empty() => self.on_failure(body, &nodes),
                    edits => Some(edits),
                }
            }
        }
    }

    /// The value has the socket if it is a success, so a failure closes it.
    fn on_failure(&self, value: &Expr, nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
        let is_chain = matches!(value, Expr::MethodCall(_) | Expr::Call(_) | Expr::Macro(_));
        if !is_chain {
            return None;
        }
        self.behind(returned(self.function, nodes)?, value, nodes)
    }

    /// Before the value of a scope, or of a branch of it, is given.
    fn in_tail(&self, tail: &Expr) -> Option<Vec<Edit>> {
        let span = self.function.span(tail);
        let nodes = self.function.nodes(span);
        let is_it =
            |node: &Node<'_>| matches!(node, Node::Expr(expr) if range(*expr) == span.range());
        let at = nodes.iter().position(is_it)?;
        let outside = &nodes[..at];
        let has_branches = match tail {
            Expr::If(_) | Expr::Match(_) => !self.behind || self.is_check(tail),
            Expr::Unsafe(_) | Expr::Block(_) => true,
            _ => false,
        };
        if !has_branches && is_unit(self.function, tail, outside) {
            return Some(followed(
                self.function,
                tail,
                outside,
                self.statement(outside),
            ));
        }
        match tail {
            Expr::If(branch) => {
                // Where it is the failure value there is nothing to close.
                let without = self.fails(&branch.cond);
                let mut edits = match without {
                    Some(true) => Vec::new(),
                    _ => self.in_branch(&branch.then_branch)?,
                };
                match &branch.else_branch {
                    _ if without == Some(false) => {}
                    Some((_, other)) => edits.extend(self.in_tail(other)?),
                    // Without the socket it has nothing to close.
                    None if self.is_check(tail) => {}
                    None => return None,
                }
                Some(edits)
            }
            Expr::Match(branches) => {
                let mut edits = Vec::new();
                for arm in &branches.arms {
                    edits.extend(self.in_tail(&arm.body)?);
                }
                Some(edits)
            }
            Expr::Block(inner) => self.in_branch(&inner.block),
            Expr::Unsafe(inner) => self.in_branch(&inner.block),
            Expr::Return(_) => Some(Vec::new()),
            _ if self.hands_on(tail) => Some(Vec::new()),
            _ => {
                let (first, replaced) = self.evaluated(tail)?;
                let first = first.into_iter().chain([self.statement(outside)]);
                Some(preceded(
                    self.function,
                    tail,
                    outside,
                    first.collect(),
                    replaced,
                ))
            }
        }
    }

    /// Whether what the socket is decides on the branch.
    fn is_check(&self, branch: &Expr) -> bool {
        let decides = match branch {
            Expr::If(branch) => &branch.cond,
            Expr::Match(branches) => &branches.expr,
            _ => return false,
        };
        matches!(&**decides, Expr::Binary(_) | Expr::Path(_))
            && has_word(self.function.text.of_node(decides), self.name)
            && self.function.text.of_node(decides).find('(').is_none()
    }

    /// Whether the condition says that the socket is the failure value (`s == INVALID_SOCKET`) or that it is not.
    fn fails(&self, condition: &Expr) -> Option<bool> {
        let Expr::Binary(compared) = condition else {
            return None;
        };
        let is_it = |expr: &Expr| variable(expr).is_some_and(|name| name == self.name);
        let is_failure = |expr: &Expr| match expr {
            Expr::Path(path) => {
                let last = path.path.segments.last();
                last.is_some_and(|last| last.ident == "INVALID_SOCKET")
            }
            _ => false,
        };
        let (left, right) = (&compared.left, &compared.right);
        if !(is_it(left) && is_failure(right) || is_failure(left) && is_it(right)) {
            return None;
        }
        match compared.op {
            BinOp::Eq(_) => Some(true),
            BinOp::Ne(_) => Some(false),
            _ => None,
        }
    }

    fn in_branch(&self, block: &Block) -> Option<Vec<Edit>> {
        if self.function.text.of_node(block).contains(&self.close) {
            return Some(Vec::new());
        }
        match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) => self.in_tail(tail),
            // It leaves by another way.
            Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _)) => {
                Some(Vec::new())
            }
            _ => {
                let end = self.function.at(range(block).end - 1..range(block).end - 1);
                self.at_end_of(block, &self.function.nodes(end))
            }
        }
    }

    /// Whether a success of the expression is made the descriptor: `f().map(|_| s)`.
    fn is_mapped(&self, expr: &Expr) -> bool {
        let Expr::MethodCall(call) = expr else {
            return false;
        };
        let gives = |argument: &Expr| {
            let value = match argument {
                Expr::Closure(closure) => bare(&closure.body),
                _ => bare(argument),
            };
            variable(value).is_some_and(|name| name == self.name)
        };
        let maps = call.method == "map" || call.method == "and";
        maps && call.args.first().is_some_and(gives) || self.is_mapped(&call.receiver)
    }

    /// Whether the expression passes the descriptor on, and not only to a Winsock function.
    fn hands_on(&self, expr: &Expr) -> bool {
        let text = self.function.text.of_node(expr);
        let is_use = self.words.call_of(self.function, bare(expr)).is_some()
            || matches!(expr, Expr::Binary(_) | Expr::MethodCall(_));
        has_word(text, self.name) && (!is_use || self.is_mapped(expr))
    }
}
