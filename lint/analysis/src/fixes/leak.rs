//! A socket that leaks is closed on each exit on which it does.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, ExprTry, Macro, ReturnType, Stmt, Token};

use super::around::{Function, Node, bare, in_unsafe, variable};
use super::carrier::{Carrier, returned};
use super::layout::{at_end, chained, followed, preceded};
use super::text::{has_word, range};
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

struct Leak<'a> {
    function: &'a Function<'a>,
    words: &'a Words<'a>,
    /// The function is `unsafe` and calls without a block.
    plain: bool,
    /// `closesocket(s)`
    close: String,
    /// The variable.
    name: &'a str,
    /// A last expression without a value stays as it is, and the close comes behind it.
    behind: bool,
}

impl Leak<'_> {
    /// The statement that closes, for a place with these nodes around it.
    fn statement(&self, nodes: &[Node<'_>]) -> String {
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
    fn behind(&self, carrier: Carrier, value: &Expr, nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
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
    fn evaluated(&self, value: &Expr) -> Option<(Option<String>, Option<Edit>)> {
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

    /// The scope ends: before its brace, or in each branch of its last expression that lets go of the socket.
    fn at_end_of(&self, block: &Block, nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
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
    fn at_end_of_closure(&self, body: &Expr) -> Option<Vec<Edit>> {
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

/// Whether the expression, with these nodes around it, gives nothing: it is a loop, or the last of a function that
/// returns nothing.
fn is_unit(function: &Function<'_>, expr: &Expr, outside: &[Node<'_>]) -> bool {
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
fn is_configured(nodes: &[Node<'_>]) -> bool {
    let statement = nodes.iter().rev().find_map(|node| match node {
        Node::Stmt(stmt) => Some(*stmt),
        _ => None,
    });
    statement.is_some_and(|stmt| {
        let tokens = stmt.to_token_stream().into_iter().next();
        tokens.is_some_and(|token| token.to_string() == "#")
    })
}

fn statement_start(nodes: &[Node<'_>]) -> Option<usize> {
    nodes.iter().rev().find_map(|node| match node {
        Node::Stmt(stmt) => Some(stmt.span().byte_range().start),
        _ => None,
    })
}

/// `bail!(..)`, which always returns.
fn is_bail(call: &Macro, exit: Span) -> bool {
    let place = range(call);
    let last = call.path.segments.last();
    let holds = place.start <= exit.lo as usize && exit.hi as usize <= place.end;
    holds && last.is_some_and(|last| last.ident == "bail")
}

/// Where a closure that only a failure goes through gives its value, which is the same after a close.
fn end_of_failure(operand: &Expr) -> Option<usize> {
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
fn is_closure(value: &Expr) -> bool {
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
fn is_wrapper(function: &Expr) -> bool {
    variable(function).is_some_and(|name| name == "Err" || name == "Some" || name == "Ok")
}

/// Whether the value is the same before and after a close.
fn is_inert(value: &Expr) -> bool {
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
