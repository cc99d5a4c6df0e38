//! Keeping a macro's own variables apart from those of its arguments.
//!
//! A variable that a `macro_rules!` body binds (`let`, closure parameters, `match` arms, `for`) is another one than a variable
//! of the same name in an argument. [`mark_locals`] finds the body's binders and marks all their mentions in the body; every
//! expansion then gives them a fresh name. Names that the body mentions without binding them are left alone.
//!
//! This works on tokens, before anything is parsed, so it judges by the neighbours of a name: a field after a dot, a segment of a path, a
//! field's name in a struct literal are no mentions. A name that is also an item's, or that is bound where a new
//! name would not fit (`S { ref x }`), keeps its name.

use std::cell::Cell;
use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, Span, TokenTree};

use super::transcriber::Element;

thread_local! {
    static SERIAL: Cell<u32> = const { Cell::new(0) };
}

/// Starts the numbering of fresh names anew on this thread, so that the same input gives the same names.
pub fn reset_names() {
    SERIAL.set(0);
}

/// The number of the next expansion.
pub(super) fn next_serial() -> u32 {
    let serial = SERIAL.get().wrapping_add(1);
    SERIAL.set(serial);
    serial
}

/// The name that a variable called `name` has in expansion `serial`.
pub(super) fn fresh(name: &str, serial: u32, span: Span) -> Ident {
    Ident::new(&format!("{name}__m{serial}"), span)
}

/// Turns the mentions of the variables that `body` binds into [`Element::Local`] and [`Element::LocalField`].
/// Says whether there are any.
pub(super) fn mark_locals(body: &mut [Element]) -> bool {
    let mut binders = Binders::default();
    binders.collect(body);
    let Binders {
        mut names,
        fixed,
        callable,
    } = binders;
    names.retain(|name| !fixed.contains(name));
    if names.is_empty() {
        return false;
    }
    mark(body, Context::Other, &Locals { names, callable });
    true
}

#[derive(Default)]
struct Binders {
    /// What patterns bind.
    names: BTreeSet<String>,
    /// What must keep its name.
    fixed: BTreeSet<String>,
    /// What is bound to a closure, so that `name(..)` mentions the variable and not a function.
    callable: BTreeSet<String>,
}

impl Binders {
    fn collect(&mut self, seq: &[Element]) {
        for (at, element) in seq.iter().enumerate() {
            match element {
                Element::Group(_, inner) => self.collect(inner),
                Element::Repeat(repeat) => self.collect(&repeat.body),
                Element::Token(TokenTree::Ident(word)) => {
                    self.keyword(&word.to_string(), &seq[at + 1..])
                }
                element if is_char(Some(element), '|') && is_prefix(seq, at) => {
                    self.closure(&seq[at + 1..])
                }
                _ => {}
            }
        }
    }

    fn keyword(&mut self, word: &str, rest: &[Element]) {
        match word {
            "let" => {
                let end = find(rest, |seq, at| {
                    is_char(seq.get(at), ';')
                        || is_char(seq.get(at), '=')
                        || is_colon(seq, at)
                        || is_word(seq.get(at), "else")
                });
                self.pattern(&rest[..end], false);
                let mut value = rest[end..]
                    .iter()
                    .skip_while(|element| !is_char(Some(element), '='))
                    .skip(1);
                let first = value.next();
                let first = if is_word(first, "move") {
                    value.next()
                } else {
                    first
                };
                if is_char(first, '|') {
                    self.callable.extend(rest[..end].iter().filter_map(name_of));
                }
            }
            "for" => {
                let end = find(rest, |seq, at| {
                    is_word(seq.get(at), "in") || is_brace(&seq[at])
                });
                if is_word(rest.get(end), "in") {
                    self.pattern(&rest[..end], false);
                }
            }
            "match" => {
                if let Some(Element::Group(_, arms)) = rest.iter().find(|element| is_brace(element))
                {
                    self.arms(arms);
                }
            }
            "fn" | "mod" | "struct" | "enum" | "union" | "trait" | "type" | "static" | "const"
            | "use" | "macro_rules" => {
                self.fixed.extend(rest.first().and_then(name_of));
            }
            _ => {}
        }
    }

    fn closure(&mut self, rest: &[Element]) {
        let end = find(rest, |seq, at| is_char(seq.get(at), '|'));
        for param in rest[..end].split(|element| is_char(Some(element), ',')) {
            let colon = find(param, is_colon);
            self.pattern(&param[..colon], false);
        }
    }

    fn arms(&mut self, seq: &[Element]) {
        let mut start = 0;
        let mut at = 0;
        while at < seq.len() {
            if let Element::Repeat(repeat) = &seq[at] {
                self.arms(&repeat.body);
                start = at + 1;
            } else if is_char(seq.get(at), '=') && is_char(seq.get(at + 1), '>') {
                let head = &seq[start..at];
                let guard = find(head, |seq, at| is_word(seq.get(at), "if"));
                self.pattern(&head[..guard], false);
                at += 2;
                if !seq.get(at).is_some_and(is_brace) {
                    at += find(&seq[at..], |seq, at| is_char(seq.get(at), ','));
                }
                start = at + 1;
                if is_char(seq.get(start), ',') {
                    start += 1;
                    at += 1;
                }
            }
            at += 1;
        }
    }

    /// The variables of a pattern; `fields`: of the inside of `S { .. }`.
    fn pattern(&mut self, seq: &[Element], fields: bool) {
        for (at, element) in seq.iter().enumerate() {
            match element {
                Element::Group(delimiter, inner) => {
                    self.pattern(inner, *delimiter == Delimiter::Brace)
                }
                Element::Repeat(repeat) => self.pattern(&repeat.body, fields),
                element => {
                    let Some(name) = name_of(element) else {
                        continue;
                    };
                    let qualified = is_mention_of_other(seq, at)
                        || matches!(seq.get(at + 1), Some(Element::Group(..)));
                    if qualified || (fields && is_colon(seq, at + 1)) {
                        continue;
                    }
                    if fields
                        && at > 0
                        && (is_word(seq.get(at - 1), "ref") || is_word(seq.get(at - 1), "mut"))
                    {
                        let full =
                            at >= 2 && (is_colon(seq, at - 2) || is_word(seq.get(at - 2), "ref"));
                        if !full {
                            self.fixed.insert(name.clone());
                        }
                    }
                    self.names.insert(name);
                }
            }
        }
    }
}

/// What a sequence is the inside of.
#[derive(Copy, Clone, PartialEq)]
enum Context {
    /// `Name { .. }`: a struct literal or pattern.
    Struct,
    /// Other braces.
    Braces,
    /// Anything else.
    Other,
}

struct Locals {
    names: BTreeSet<String>,
    callable: BTreeSet<String>,
}

fn mark(seq: &mut [Element], context: Context, locals: &Locals) {
    // In `if x == Y { z }` the braces are a block, whatever comes before them.
    let mut header = false;
    let mut pattern = false;
    for at in 0..seq.len() {
        let after_name = at > 0 && is_type_name(&seq[at - 1]);
        let attribute = at > 0 && is_char(seq.get(at - 1), '#');
        match &seq[at] {
            Element::Token(TokenTree::Ident(word)) => match word.to_string().as_str() {
                "if" | "while" | "match" | "in" => header = true,
                "let" => pattern = true,
                _ => {}
            },
            element if is_char(Some(element), '=') => {
                pattern = false;
                header &= !is_char(seq.get(at + 1), '>');
            }
            element if is_char(Some(element), ';') || is_char(Some(element), ',') => header = false,
            _ => {}
        }
        if attribute {
            continue;
        }
        let replacement = match &mut seq[at] {
            Element::Group(delimiter, inner) => {
                let inside = match delimiter {
                    Delimiter::Brace if after_name && (!header || pattern) => Context::Struct,
                    Delimiter::Brace => Context::Braces,
                    _ => Context::Other,
                };
                if inside == Context::Braces {
                    header = false;
                }
                mark(inner, inside, locals);
                None
            }
            Element::Repeat(repeat) => {
                mark(&mut repeat.body, context, locals);
                None
            }
            _ => mention(seq, at, context, locals),
        };
        if let Some(replacement) = replacement {
            seq[at] = replacement;
        }
    }
}

/// What the name at `at` becomes, if it mentions one of the locals.
fn mention(seq: &[Element], at: usize, context: Context, locals: &Locals) -> Option<Element> {
    let Element::Token(TokenTree::Ident(ident)) = &seq[at] else {
        return None;
    };
    let name = name_of(&seq[at]).filter(|name| locals.names.contains(name))?;
    if is_mention_of_other(seq, at) {
        return None;
    }
    if is_call(seq.get(at + 1)) && !locals.callable.contains(&name) {
        return None;
    }
    let first = at == 0 || is_char(seq.get(at - 1), ',') || is_word(seq.get(at - 1), "pub");
    if context != Context::Other && first && is_colon(seq, at + 1) {
        return None;
    }
    let last = at + 1 == seq.len() || is_char(seq.get(at + 1), ',');
    Some(if context == Context::Struct && first && last {
        Element::LocalField(ident.clone())
    } else {
        Element::Local(ident.clone())
    })
}

/// A field, a path's segment, a macro's name, a label: not a variable, whatever it is called.
fn is_mention_of_other(seq: &[Element], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|at| seq.get(at));
    let after = |n: usize| seq.get(at + n);
    let field = is_char(before(1), '.') && !is_char(before(2), '.');
    let segment = is_char(before(1), ':') && is_char(before(2), ':');
    let prefix = is_char(after(1), ':') && is_char(after(2), ':');
    let invocation = is_char(after(1), '!') && !is_char(after(2), '=');
    field || segment || prefix || invocation || is_char(before(1), '\'') || is_char(before(1), '$')
}

/// The name, if it can be a variable's.
fn name_of(element: &Element) -> Option<String> {
    let Element::Token(TokenTree::Ident(ident)) = element else {
        return None;
    };
    let name = ident.to_string();
    let lower = name.trim_start_matches('_').starts_with(char::is_lowercase);
    (lower && !is_keyword(&name) && !name.starts_with("r#")).then_some(name)
}

fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "as" | "async"
            | "await"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "fn"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "unsafe"
            | "use"
            | "where"
            | "while"
            | "yield"
    )
}

/// Whether a `|` begins a closure: no operand comes before it.
fn is_prefix(seq: &[Element], at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| seq.get(before)) {
        None => true,
        Some(Element::Token(TokenTree::Punct(punct))) => {
            punct.as_char() != '|' && punct.as_char() != '?'
        }
        Some(Element::Token(TokenTree::Ident(ident))) => is_keyword(&ident.to_string()),
        Some(_) => false,
    }
}

fn is_char(element: Option<&Element>, c: char) -> bool {
    matches!(element, Some(Element::Token(tree)) if super::tokens::is_punct(tree, c))
}

/// A single `:`.
fn is_colon(seq: &[Element], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| seq.get(at));
    is_char(seq.get(at), ':') && !is_char(seq.get(at + 1), ':') && !is_char(before, ':')
}

fn is_word(element: Option<&Element>, word: &str) -> bool {
    matches!(element, Some(Element::Token(TokenTree::Ident(ident))) if ident == word)
}

fn is_brace(element: &Element) -> bool {
    matches!(element, Element::Group(Delimiter::Brace, _))
}

fn is_call(element: Option<&Element>) -> bool {
    matches!(element, Some(Element::Group(Delimiter::Parenthesis, _)))
}

/// `CamelCase`, which a constant is not.
fn is_type_name(element: &Element) -> bool {
    let Element::Token(TokenTree::Ident(ident)) = element else {
        return false;
    };
    let name = ident.to_string();
    name.starts_with(char::is_uppercase) && (name.len() == 1 || name.contains(char::is_lowercase))
}

/// The first index for which `test` holds, or the length.
fn find(seq: &[Element], test: impl Fn(&[Element], usize) -> bool) -> usize {
    (0..seq.len())
        .find(|&at| test(seq, at))
        .unwrap_or(seq.len())
}
