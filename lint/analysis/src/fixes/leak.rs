//! A socket that leaks is closed on each exit on which it does.

use syn::spanned::Spanned;
use syn::{Block, Expr, ReturnType, Stmt, Type};

use super::around::{Function, Node, bare, in_unsafe, variable};
use super::text::{has_word, range};
use super::words::{Words, bound_at};
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
) -> Option<Fix> {
    let exit = finding.path.last()?.span;
    if function.item_contains(exit) {
        return closed_at_exits(function, words, finding, None);
    }
    let caller = Function::around(input, names, exit)?;
    closed_at_exits(&caller, words, finding, Some(&function.def.name))
}

/// Closes the socket before each exit of the finding, in the function around them. `opener`: the function that
/// opens it, where that is another one.
fn closed_at_exits(
    function: &Function<'_>,
    words: &Words<'_>,
    finding: &Finding,
    opener: Option<&str>,
) -> Option<Fix> {
    let acquired = function.nodes(finding.primary);
    let (name, within) = match opener {
        None => {
            let bound = bound_at(&acquired, finding.path.last()?.span)?;
            (bound.name, bound.within)
        }
        Some(opener) => (function.bound_to_call(opener)?, None),
    };
    let closer = words.closer(function)?;
    let known = words.is_descriptor(function, &name);
    let argument = match known {
        true => name.clone(),
        false => format!("{name} as _"),
    };
    let leak = Leak {
        function,
        words,
        plain: is_unsafe(function) && !in_unsafe(&acquired),
        close: format!("{closer}({argument})"),
        name: &name,
    };
    let mut edits = Vec::new();
    let mut exits: Vec<Span> = finding
        .path
        .last()
        .map(|step| step.span)
        .into_iter()
        .collect();
    exits.extend(finding.others.iter().map(|other| other.span));
    exits.sort_by_key(|exit| (exit.lo, exit.hi));
    exits.dedup();
    match within {
        Some(body) => edits.extend(leak.at_end_of_closure(body)?),
        None => {
            for exit in &exits {
                edits.extend(leak.at_exit(*exit)?);
            }
        }
    }
    let title = match exits.len() {
        1 => format!("close `{name}` on this path"),
        count => format!("close `{name}` on these {count} paths"),
    };
    // Another variable of that name may be what the exit sees.
    let applicability = match known && function.binds_once(&name) {
        true => Applicability::MachineApplicable,
        false => Applicability::MaybeIncorrect,
    };
    fix(title, edits, applicability)
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
}

impl Leak<'_> {
    /// The statement that closes, for a place with these nodes around it.
    fn statement(&self, nodes: &[Node<'_>]) -> String {
        match self.plain || in_unsafe(nodes) {
            true => format!("{};", self.close),
            false => format!("unsafe {{ {} }};", self.close),
        }
    }

    fn at_exit(&self, exit: Span) -> Option<Vec<Edit>> {
        let nodes = self.function.nodes(exit);
        let exact = nodes.iter().rposition(|node| node.range() == exit.range());
        let expr = nodes.iter().rev().find_map(|node| match node {
            Node::Expr(expr) if node.range() == exit.range() => Some(*expr),
            _ => None,
        });
        match (expr, exact) {
            (Some(Expr::Try(_)), _) => self.at_question_mark(exit, &nodes),
            (Some(Expr::Return(_) | Expr::Continue(_) | Expr::Break(_)), Some(at)) => {
                self.at_jump(expr?, &nodes[..at])
            }
            (None, Some(at)) if is_bail(&nodes[at]) => Some(vec![self.before(exit, &nodes)]),
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
    fn at_question_mark(&self, exit: Span, nodes: &[Node<'_>]) -> Option<Vec<Edit>> {
        let text = self.function.text;
        let at = exit.hi as usize - 1;
        let start = statement_start(nodes).unwrap_or(exit.lo as usize);
        let close = self.statement(nodes);
        let call = match self.returned(nodes)? {
            Carrier::Result => {
                let error = self.function.fresh(&["error", "err", "e"])?;
                let lines = [close, error.to_owned()];
                format!(".map_err(|{error}| {})", text.block(start, &lines))
            }
            Carrier::Option => {
                let lines = [close, "None".to_owned()];
                format!(".or_else(|| {})", text.block(start, &lines))
            }
        };
        Some(vec![insert(self.function.at(at..at), call)])
    }

    /// What the function, or the closure around the place, returns.
    fn returned(&self, nodes: &[Node<'_>]) -> Option<Carrier> {
        let inner = nodes.iter().rev().find_map(|node| match node {
            Node::Expr(Expr::Closure(closure)) => Some(Some(&closure.output)),
            Node::Expr(Expr::Async(_) | Expr::TryBlock(_)) => Some(None),
            _ => None,
        });
        let output = match inner {
            Some(output) => output?,
            None => &self.function.source()?.sig.output,
        };
        let ReturnType::Type(_, ty) = output else {
            return None;
        };
        let Type::Path(path) = &**ty else { return None };
        let last = path.path.segments.last()?.ident.to_string();
        match last.as_str() {
            "Option" => Some(Carrier::Option),
            name if name.ends_with("Result") => Some(Carrier::Result),
            _ => None,
        }
    }

    /// `return value`, `continue`, `break`.
    fn at_jump(&self, jump: &Expr, outside: &[Node<'_>]) -> Option<Vec<Edit>> {
        let value = match jump {
            Expr::Return(jump) => jump.expr.as_deref(),
            Expr::Break(jump) => jump.expr.as_deref(),
            _ => None,
        };
        let jump = self.function.span(jump);
        let text = self.function.text;
        let is_statement = outside
            .iter()
            .rev()
            .find_map(|node| match node {
                Node::Stmt(Stmt::Expr(expr, _)) => Some(range(expr) == jump.range()),
                Node::Arm(_) | Node::Local(_) => Some(false),
                Node::Expr(_) => Some(false),
                _ => None,
            })
            .unwrap_or(false);
        let close = self.statement(outside);
        let (first, replaced) = match value {
            Some(value) => self.evaluated(value)?,
            None => (None, None),
        };
        let lines: Vec<String> = first.into_iter().chain([close]).collect();
        let at = jump.lo as usize;
        if is_statement {
            let mut edits = vec![insert(jump, text.before(at, &lines))];
            edits.extend(replaced);
            return Some(edits);
        }
        let mut rest = text.of(jump.range()).to_owned();
        if let Some(edit) = replaced {
            let within = edit.span.lo as usize - at..edit.span.hi as usize - at;
            rest.replace_range(within, &edit.text);
        }
        let lines: Vec<String> = lines.into_iter().chain([format!("{rest};")]).collect();
        Some(vec![Edit {
            span: jump,
            text: text.block(at, &lines),
        }])
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
                (call.args.first()?, &["error", "err", "last_error"])
            }
            _ => (value, &["result", "outcome", "returned"]),
        };
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
        let text = self.function.text;
        match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) => {
                let edits = self.in_tail(tail)?;
                match edits.is_empty() {
                    true => self.on_failure(tail, nodes),
                    false => Some(edits),
                }
            }
            last => {
                let end = range(block).end - 1;
                let at = range(block).end - 1;
                let close = self.statement(nodes);
                let line = text.line_start(end);
                Some(vec![match text.starts_line(end) && last.is_some() {
                    true => insert(
                        self.function.at(line..line),
                        format!(
                            "{}{}{close}{}",
                            text.indent(end),
                            text.step(),
                            text.line_end()
                        ),
                    ),
                    false => insert(self.function.at(at..at), format!(" {close} ")),
                }])
            }
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
        if !is_chain || matches!(self.returned(nodes), Some(Carrier::Option)) {
            return None;
        }
        let end = range(value).end;
        let error = self.function.fresh(&["error", "err", "e"])?;
        let lines = [self.statement(nodes), error.to_owned()];
        let block = self.function.text.block(end, &lines);
        Some(vec![insert(
            self.function.at(end..end),
            format!(".map_err(|{error}| {block})"),
        )])
    }

    fn in_tail(&self, tail: &Expr) -> Option<Vec<Edit>> {
        match tail {
            Expr::If(branch) => {
                let mut edits = self.in_branch(&branch.then_branch)?;
                edits.extend(self.in_tail(&branch.else_branch.as_ref()?.1)?);
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
                let span = self.function.span(tail);
                let nodes = self.function.nodes(span);
                let at = nodes.iter().position(|node| node.range() == span.range())?;
                let outside = &nodes[..at];
                let is_statement = matches!(outside.last(), None | Some(Node::Block(_)));
                let text = self.function.text;
                let start = span.lo as usize;
                let (first, replaced) = self.evaluated(tail)?;
                let lines: Vec<String> =
                    first.into_iter().chain([self.statement(outside)]).collect();
                if is_statement {
                    let mut edits = vec![insert(span, text.before(start, &lines))];
                    edits.extend(replaced);
                    return Some(edits);
                }
                let mut rest = text.of(span.range()).to_owned();
                if let Some(edit) = replaced {
                    let within = edit.span.lo as usize - start..edit.span.hi as usize - start;
                    rest.replace_range(within, &edit.text);
                }
                let lines: Vec<String> = lines.into_iter().chain([rest]).collect();
                Some(vec![Edit {
                    span,
                    text: text.block(start, &lines),
                }])
            }
        }
    }

    fn in_branch(&self, block: &Block) -> Option<Vec<Edit>> {
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

    /// Whether the expression passes the descriptor on, and not only to a Winsock function.
    fn hands_on(&self, expr: &Expr) -> bool {
        let text = self.function.text.of_node(expr);
        let is_use = self.words.call_of(self.function, bare(expr)).is_some()
            || matches!(expr, Expr::Binary(_) | Expr::MethodCall(_));
        has_word(text, self.name) && !is_use
    }
}

/// What carries a failure.
enum Carrier {
    Result,
    Option,
}

fn statement_start(nodes: &[Node<'_>]) -> Option<usize> {
    nodes.iter().rev().find_map(|node| match node {
        Node::Stmt(stmt) => Some(stmt.span().byte_range().start),
        _ => None,
    })
}

/// `bail!(..)`, which always returns.
fn is_bail(node: &Node<'_>) -> bool {
    match node {
        Node::Stmt(Stmt::Macro(stmt)) => {
            let last = stmt.mac.path.segments.last();
            last.is_some_and(|last| last.ident == "bail")
        }
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
