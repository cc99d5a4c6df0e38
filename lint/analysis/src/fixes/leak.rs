//! A socket that leaks is closed on each exit on which it does.

use syn::punctuated::Punctuated;
use syn::{Expr, ExprTry, Macro, Stmt, Token};

use super::around::{Function, Node, in_unsafe, variable};
use super::carrier::{Carrier, returned};
use super::layout::{chained, preceded};
use super::text::range;
use super::value::{
    end_of_failure, is_bail, is_closure, is_configured, is_inert, is_wrapper, statement_start,
};
use super::words::{Bound, Words, bound_at};
use super::{fix, insert};
use crate::Input;
use crate::names::{DefKind, Names};
use crate::report::{Applicability, Edit, Finding, Fix};
use crate::span::Span;

/// Closes the socket where it leaks: in the function that opens it, or in the one that has it from there.
pub(super) fn closed(
    input: &Input,
    names: &Names<'_>,
    function: &Function<'_>,
    words: &Words<'_>,
    finding: &Finding,
) -> Vec<Fix> {
    let Some(exit) = finding.path.last().map(|step| step.span) else {
        return Vec::new();
    };
    if function.item_contains(exit) {
        return closed_at_exits(function, words, finding, exit, finding.primary);
    }
    Function::around(input, names, exit)
        .and_then(|caller| {
            let call = caller.only_call(&function.def.name)?;
            Some(closed_at_exits(&caller, words, finding, exit, call))
        })
        .unwrap_or_default()
}

/// Closes the socket before each exit of the finding, in the function around them; `acquired` is the expression
/// that has it first there.
fn closed_at_exits(
    function: &Function<'_>,
    words: &Words<'_>,
    finding: &Finding,
    exit: Span,
    acquired: Span,
) -> Vec<Fix> {
    let nodes = function.nodes(acquired);
    let Some(socket) = bound_at(&nodes, exit) else {
        return Vec::new();
    };
    let Some(closer) = words.closer(function) else {
        return Vec::new();
    };
    let mut exits = vec![exit];
    exits.extend(finding.others.iter().map(|other| other.span));
    exits.sort_by_key(|exit| (exit.lo, exit.hi));
    exits.dedup();
    let known = is_known(function, words, &socket, &nodes, &exits);
    let place = socket.text();
    let argument = match known {
        true => place.clone(),
        false => format!("{place} as _"),
    };
    let mut leak = Leak {
        function,
        words,
        plain: is_unsafe(function) && !in_unsafe(&nodes),
        close: format!("{closer}({argument})"),
        name: &socket.name,
        behind: false,
    };
    let title = match exits.len() {
        1 => format!("close `{place}` on this path"),
        count => format!("close `{place}` on these {count} paths"),
    };
    let mut fixes: Vec<Fix> = Vec::new();
    for behind in [true, false] {
        leak.behind = behind;
        let Some(edits) = leak.at_exits(&socket, &exits) else {
            continue;
        };
        // Another variable of that name may be what the exit sees.
        let means = |edit: &Edit| {
            let at = edit.span.lo as usize;
            function.means(&socket.name, &socket.binding, at)
        };
        let applicability = match known && edits.iter().all(means) {
            true => Applicability::MachineApplicable,
            false => Applicability::MaybeIncorrect,
        };
        fixes.extend(fix(title.clone(), edits, applicability));
    }
    if let [first, second] = fixes.as_slice()
        && first.edits == second.edits
    {
        fixes.pop();
    }
    fixes
}

/// Whether the variable, or its field, is a bare descriptor, and the function still has it at the exits.
fn is_known(
    function: &Function<'_>,
    words: &Words<'_>,
    socket: &Bound<'_>,
    nodes: &[Node<'_>],
    exits: &[Span],
) -> bool {
    let Some(field) = &socket.field else {
        return words.is_bare(function, &socket.name, socket.binding.clone());
    };
    let made = nodes.iter().rev().find_map(|node| match node {
        Node::Expr(Expr::Struct(made)) => Some(made),
        _ => None,
    });
    let opens = made.is_some_and(|made| {
        let mut fields = made.fields.iter();
        let of = fields.find(|of| matches!(&of.member, syn::Member::Named(name) if name == field));
        of.is_some_and(|of| words.opens(function, &of.expr))
    });
    // Its owner moves when it is named alone, and perhaps when a method is called.
    let last = exits.iter().map(|exit| exit.hi as usize).max().unwrap_or(0);
    opens && !function.moves(&socket.name, socket.binding.end..last)
}

fn is_unsafe(function: &Function<'_>) -> bool {
    matches!(&function.def.kind, DefKind::Fn(f) if f.is_unsafe)
}

/// A leak in a function, and what closes the socket there.
pub(super) struct Leak<'a> {
    pub(super) function: &'a Function<'a>,
    pub(super) words: &'a Words<'a>,
    /// The function is `unsafe` and calls without a block.
    pub(super) plain: bool,
    /// `closesocket(s)`
    pub(super) close: String,
    /// The variable.
    pub(super) name: &'a str,
    /// A last expression without a value stays as it is, and the close comes behind it.
    pub(super) behind: bool,
}

impl Leak<'_> {
    /// The statement that closes, for a place with these nodes around it.
    pub(super) fn statement(&self, nodes: &[Node<'_>]) -> String {
        match self.plain || in_unsafe(nodes) {
            true => format!("{};", self.close),
            false => format!("unsafe {{ {} }};", self.close),
        }
    }

    fn at_exits(&self, socket: &Bound<'_>, exits: &[Span]) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        match socket.within {
            Some(body) => edits.extend(self.at_end_of_closure(body)?),
            None => {
                for exit in exits {
                    edits.extend(self.at_exit(*exit)?);
                }
            }
        }
        Some(edits)
    }

    fn at_exit(&self, exit: Span) -> Option<Vec<Edit>> {
        let nodes = self.function.nodes(exit);
        let exact = nodes.iter().rposition(|node| node.range() == exit.range());
        let expr = nodes.iter().rev().find_map(|node| match node {
            Node::Expr(expr) if node.range() == exit.range() => Some(*expr),
            _ => None,
        });
        if is_configured(&nodes) {
            return None;
        }
        if let Some(edits) = self.at_bail(exit, &nodes) {
            return Some(edits);
        }
        match (expr, exact) {
            (Some(Expr::Try(of)), _) => self.at_question_mark(of, &nodes),
            (Some(Expr::Return(_) | Expr::Continue(_) | Expr::Break(_)), Some(at)) => {
                self.at_jump(expr?, &nodes[..at])
            }
            (Some(Expr::Assign(assign)), Some(at))
                if variable(&assign.left).is_some_and(|left| left == self.name) =>
            {
                Some(vec![self.before(exit, &nodes[..at])])
            }
            _ => {
                // The brace that ends a scope.
                let block = nodes.iter().rev().find_map(|node| match node {
                    Node::Block(block) if range(*block).end == exit.hi as usize => Some(*block),
                    _ => None,
                });
                let block = match block {
                    Some(block) => block,
                    None => {
                        let body = &self.function.source()?.block;
                        (range(body).end == exit.hi as usize).then_some(body)?
                    }
                };
                self.at_end_of(block, &nodes)
            }
        }
    }

    /// `f()?` becomes `f().map_err(|error| { close; error })?`.
    fn at_question_mark(&self, of: &ExprTry, nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
        let carrier = returned(self.function, nodes)?;
        if let Some(end) = end_of_failure(&of.expr) {
            let close = self.statement(nodes);
            let text = self.function.text.before(end, &[close]);
            return Some(vec![insert(self.function.at(end..end), text)]);
        }
        self.behind(carrier, &of.expr, nodes)
    }

    /// The socket is closed where the value is a failure.
    pub(super) fn behind(
        &self,
        carrier: Carrier,
        value: &Expr,
        nodes: &[Node<'_>],
    ) -> Option<Vec<Edit>> {
        let close = self.statement(nodes);
        let (open, failure) = match carrier {
            Carrier::Result => {
                let error = self.function.fresh(&["error", "err", "e"])?;
                (format!(".map_err(|{error}| "), error)
            }
            Carrier::Option => (".or_else(|| ".to_owned(), "None"),
        };
        let lines = [close, failure.to_owned()];
        Some(chained(self.function, value, &open, &lines))
    }

    /// `return value`, `continue`, `break`.
    fn at_jump(&self, jump: &Expr, outside: &[Node<'_>]) -> Option<Vec<Edit>> {
        let value = match jump {
            Expr::Return(jump) => jump.expr.as_deref(),
            Expr::Break(jump) => jump.expr.as_deref(),
            _ => None,
        };
        let (first, replaced) = match value {
            Some(value) => self.evaluated(value)?,
            None => (None, None),
        };
        let close = self.statement(outside);
        let first = first.into_iter().chain([close]).collect();
        Some(preceded(self.function, jump, outside, first, replaced))
    }

    /// `bail!(..)`, of which the exit is the name.
    fn at_bail(&self, exit: Span, nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
        let at = nodes.iter().rposition(|node| match node {
            Node::Stmt(Stmt::Macro(stmt)) => is_bail(&stmt.mac, exit),
            Node::Expr(Expr::Macro(expr)) => is_bail(&expr.mac, exit),
            _ => false,
        })?;
        let outside = &nodes[..at];
        let close = self.statement(outside);
        match nodes[at] {
            Node::Stmt(Stmt::Macro(stmt)) => {
                let (first, replaced) = self.argument(&stmt.mac)?;
                let lines: Vec<String> = first.into_iter().chain([close]).collect();
                let start = self.function.span(stmt);
                let before = self.function.text.before(start.lo as usize, &lines);
                let mut edits = vec![insert(start, before)];
                edits.extend(replaced);
                Some(edits)
            }
            Node::Expr(expr @ Expr::Macro(of)) => {
                let (first, replaced) = self.argument(&of.mac)?;
                let first = first.into_iter().chain([close]).collect();
                Some(preceded(self.function, expr, outside, first, replaced))
            }
            _ => None,
        }
    }

    /// The argument of a macro that is computed first, if there is one.
    fn argument(&self, call: &Macro) -> Option<(Option<String>, Option<Edit>)> {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let all = call.parse_body_with(parser).ok()?;
        let mut computed = all.iter().filter(|argument| !is_inert(argument));
        let Some(value) = computed.next() else {
            return Some((None, None));
        };
        if computed.next().is_some() || matches!(value, Expr::Assign(_)) {
            return None;
        }
        let name = self.function.fresh(&["error", "err", "last_error"])?;
        let first = format!("let {name} = {};", self.function.text.of_node(value));
        let span = self.function.span(value);
        let text = name.to_owned();
        Some((Some(first), Some(Edit { span, text })))
    }

    /// The socket is closed before the statement around the place.
    fn before(&self, place: Span, outside: &[Node<'_>]) -> Edit {
        let start = statement_start(outside).unwrap_or(place.lo as usize);
        let close = self.statement(outside);
        insert(
            self.function.at(start..start),
            self.function.text.before(start, &[close]),
        )
    }

    /// A value that is computed first, unless it is the same before and after: the `let`, and what stands in its
    /// place then.
    pub(super) fn evaluated(&self, value: &Expr) -> Option<(Option<String>, Option<Edit>)> {
        if is_inert(value) {
            return Some((None, None));
        }
        let (value, names): (&Expr, &[&'static str]) = match value {
            Expr::Call(call) if is_wrapper(&call.func) && call.args.len() == 1 => {
                match variable(&call.func).is_some_and(|name| name == "Err") {
                    true => (call.args.first()?, &["error", "err", "last_error"]),
                    false => (call.args.first()?, &["value", "result", "outcome"]),
                }
            }
            _ => (value, &["result", "outcome", "returned"]),
        };
        // Its parameters have their types from where it goes.
        if is_closure(value) {
            return None;
        }
        let name = self.function.fresh(names)?;
        let text = self.function.text.of_node(value);
        let edit = Edit {
            span: self.function.span(value),
            text: name.to_owned(),
        };
        Some((Some(format!("let {name} = {text};")), Some(edit)))
    }
}
