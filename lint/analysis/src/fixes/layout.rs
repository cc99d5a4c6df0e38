//! Where statements go before an expression, and how the text looks then: as rustfmt leaves it, if it left it so.

use std::ops::Range;

use syn::{Block, Expr, Stmt};

use super::around::{Function, Node};
use super::insert;
use super::text::range;
use crate::report::Edit;

/// The edits that put `first` before `expr`, in which `replaced` has another text then. `outside` are the nodes
/// around the expression.
pub(super) fn preceded(
    function: &Function<'_>,
    expr: &Expr,
    outside: &[Node<'_>],
    first: Vec<String>,
    replaced: Option<Edit>,
) -> Vec<Edit> {
    let text = function.text;
    let whole = range(expr);
    let jumps = matches!(expr, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_));
    if let Some(block) = statement_of(expr, outside) {
        let lines = match alone_on_line(function, block) {
            Some(_) => first,
            None => {
                let mut edits = vec![insert(
                    function.span(expr),
                    text.before(whole.start, &first),
                )];
                edits.extend(replaced);
                return edits;
            }
        };
        let mut rest = changed(function, &whole, replaced);
        if jumps || matches!(block.stmts.last(), Some(Stmt::Expr(_, Some(_)))) {
            rest.push(';');
        }
        let lines: Vec<String> = lines.into_iter().chain([rest]).collect();
        return vec![Edit {
            span: function.span(block),
            text: text.block(whole.start, &lines),
        }];
    }
    let mut rest = changed(function, &whole, replaced);
    if jumps {
        rest.push(';');
    }
    let lines: Vec<String> = first.into_iter().chain([rest]).collect();
    vec![Edit {
        span: function.at(whole.start..with_comma(function, whole.end, outside)),
        text: text.block(whole.start, &lines),
    }]
}

/// The longest chain of calls that rustfmt leaves on a line.
const CHAIN: usize = 60;

/// The edits that put a call behind `operand`: what opens it (`.map_err(|error| `), and the lines of its closure.
pub(super) fn chained(
    function: &Function<'_>,
    operand: &Expr,
    open: &str,
    lines: &[String],
) -> Vec<Edit> {
    let text = function.text;
    let whole = range(operand);
    let call = |indent: &str| format!("{open}{})", text.block_in(indent, lines));
    let at = |end: usize| function.at(end..end);
    let line_end = text.line_end();
    let written = text.of(whole.clone());
    let dots = dots(operand);
    let last = dots.first().copied().filter(|&dot| text.starts_line(dot));
    if let Some(dot) = last {
        let indent = text.indent(dot);
        let call = format!("{line_end}{indent}{}", call(indent));
        return vec![insert(at(whole.end), call)];
    }
    if written.contains('\n') {
        let indent = text.indent(whole.end);
        let call = format!("{line_end}{indent}{}", call(indent));
        return vec![insert(at(whole.end), call)];
    }
    let indent = text.indent(whole.start);
    if dots.is_empty() || written.len() <= CHAIN {
        return vec![insert(at(whole.end), call(indent))];
    }
    let indent = format!("{indent}{}", text.step());
    let lead = format!("{line_end}{indent}");
    let broken = dots.iter().map(|&dot| insert(at(dot), lead.clone()));
    let call = insert(at(whole.end), format!("{lead}{}", call(&indent)));
    broken.chain([call]).collect()
}

/// Where the dots of a chain of method calls are, the last first.
fn dots(expr: &Expr) -> Vec<usize> {
    let mut dots = Vec::new();
    let mut at = expr;
    while let Expr::MethodCall(call) = at {
        dots.push(range(&call.dot_token).start);
        at = &call.receiver;
    }
    dots
}

/// The edits that put `last` behind `expr`, whose value is of no use.
pub(super) fn followed(
    function: &Function<'_>,
    expr: &Expr,
    outside: &[Node<'_>],
    last: String,
) -> Vec<Edit> {
    let text = function.text;
    let whole = range(expr);
    let end = match is_complete(expr) {
        true => "",
        false => ";",
    };
    let block = statement_of(expr, outside);
    if let Some(block) = block
        && alone_on_line(function, block).is_none()
    {
        let between = match text.starts_line(whole.start) {
            true => format!("{}{}", text.line_end(), text.indent(whole.start)),
            false => " ".to_owned(),
        };
        let at = function.at(whole.end..whole.end);
        return vec![insert(at, format!("{end}{between}{last}"))];
    }
    let lines = [format!("{}{end}", text.of(whole.clone())), last];
    let span = match block {
        Some(block) => range(block),
        None => whole.start..with_comma(function, whole.end, outside),
    };
    vec![Edit {
        span: function.at(span),
        text: text.block(whole.start, &lines),
    }]
}

/// The edits that put `last` at the end of a block whose last statement is none that has a value.
pub(super) fn at_end(function: &Function<'_>, block: &Block, last: String) -> Vec<Edit> {
    let text = function.text;
    let whole = range(block);
    let end = whole.end - 1;
    let line = text.line_start(end);
    if text.starts_line(end) && line > whole.start {
        let (indent, step, line_end) = (text.indent(end), text.step(), text.line_end());
        let text = format!("{indent}{step}{last}{line_end}");
        return vec![insert(function.at(line..line), text)];
    }
    let inner = text.of(whole.start + 1..end).trim();
    if inner.is_empty() || alone_on_line(function, block).is_some() {
        let lines = [inner.to_owned(), last];
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        return vec![Edit {
            span: function.at(whole.clone()),
            text: text.block(whole.start, &lines),
        }];
    }
    vec![insert(function.at(end..end), format!(" {last} "))]
}

/// The block of which the expression is a statement.
fn statement_of<'a>(expr: &Expr, outside: &[Node<'a>]) -> Option<&'a Block> {
    let mut outside = outside.iter().rev();
    match outside.next()? {
        Node::Block(block) => Some(block),
        Node::Stmt(Stmt::Expr(of, _)) if range(of) == range(expr) => match outside.next()? {
            Node::Block(block) => Some(block),
            _ => None,
        },
        _ => None,
    }
}

/// The only statement of a block that is written on one line.
fn alone_on_line<'a>(function: &Function<'_>, block: &'a Block) -> Option<&'a Stmt> {
    let [only] = block.stmts.as_slice() else {
        return None;
    };
    let (whole, inner) = (range(block), range(only));
    let text = function.text;
    let one_line = text.line_start(whole.start) == text.line_start(inner.start);
    let closed_there = !text.of(inner.end..whole.end).contains('\n');
    let bare = text.of(whole.start + 1..inner.start).trim().is_empty()
        && text.of(inner.end..whole.end - 1).trim().is_empty();
    (one_line && closed_there && bare).then_some(only)
}

/// The text of a range with one part of it replaced.
fn changed(function: &Function<'_>, whole: &Range<usize>, replaced: Option<Edit>) -> String {
    let mut rest = function.text.of(whole.clone()).to_owned();
    if let Some(edit) = replaced {
        let within = edit.span.lo as usize - whole.start..edit.span.hi as usize - whole.start;
        rest.replace_range(within, &edit.text);
    }
    rest
}

/// The end of an expression, with the comma that an arm needs no longer when it is a block.
fn with_comma(function: &Function<'_>, end: usize, outside: &[Node<'_>]) -> usize {
    let rest = function.text.of(end..function.text.0.len());
    match outside.last() {
        Some(Node::Arm(_)) if rest.starts_with(',') => end + 1,
        _ => end,
    }
}

/// Whether the expression is a statement without a semicolon.
fn is_complete(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::If(_)
            | Expr::Match(_)
            | Expr::ForLoop(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::Block(_)
            | Expr::Unsafe(_)
    )
}
