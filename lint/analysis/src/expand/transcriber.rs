//! The right side of a `macro_rules!` arm: its body, and writing it out for a match.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::FromStr;

use proc_macro2::{
    Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree, token_stream,
};

use super::hygiene;
use super::matcher::{Binding, Bindings, Kleene, Repeat};
use super::{ExpandError, tokens};

/// How many tokens one expansion may have.
const MAX_TOKENS: usize = 1_000_000;

/// One element of a body.
pub(super) enum Element {
    /// A token of the macro's own.
    Token(TokenTree),
    /// A variable that the body binds.
    Local(Ident),
    /// The same as shorthand of a field: `S { x }`.
    LocalField(Ident),
    /// A delimited sequence.
    Group(Delimiter, Vec<Element>),
    /// `$name`.
    Variable(String),
    /// `$crate`.
    Crate,
    /// `$( .. ) sep op`.
    Repeat(Repeat<Element>),
    /// `${count($x)}`.
    Count(String),
    /// `${index()}`: the round of the innermost repetition.
    Index,
    /// `${len()}`: how many rounds it has.
    Len,
    /// `${ignore($x)}`: makes a repetition go by `$x`.
    Ignore(String),
}

/// Reads a body. A `$name` that the pattern does not bind belongs to a macro that the body defines.
pub(super) fn parse_body(
    stream: TokenStream,
    bound: &BTreeSet<String>,
) -> Result<Vec<Element>, ExpandError> {
    let mut trees = stream.into_iter().peekable();
    let mut elements = Vec::new();
    while let Some(tree) = trees.next() {
        if tokens::is_punct(&tree, '$') {
            dollar(tree, &mut trees, bound, &mut elements)?;
        } else {
            elements.push(match tree {
                TokenTree::Group(group) => {
                    Element::Group(group.delimiter(), parse_body(group.stream(), bound)?)
                }
                tree => Element::Token(tree),
            });
        }
    }
    Ok(elements)
}

fn dollar(
    dollar: TokenTree,
    trees: &mut Peekable<token_stream::IntoIter>,
    bound: &BTreeSet<String>,
    elements: &mut Vec<Element>,
) -> Result<(), ExpandError> {
    match trees.peek() {
        Some(TokenTree::Ident(name)) if name == "crate" => {
            trees.next();
            elements.push(Element::Crate);
        }
        Some(TokenTree::Ident(name)) if bound.contains(&name.to_string()) => {
            elements.push(Element::Variable(name.to_string()));
            trees.next();
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            let body = parse_body(group.stream(), bound)?;
            if mentions_variable(&body) {
                trees.next();
                let (separator, op) = tokens::separator_and_op(trees)?;
                elements.push(Element::Repeat(Repeat {
                    body,
                    separator,
                    op,
                }));
            } else {
                // A repetition of a macro that the body defines.
                elements.push(Element::Token(dollar));
            }
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            match metavariable_expression(group.stream(), bound) {
                Some(element) => {
                    trees.next();
                    elements.push(element);
                }
                None => elements.push(Element::Token(dollar)),
            }
        }
        Some(tree) if tokens::is_punct(tree, '$') => {
            trees.next();
            elements.push(Element::Token(dollar));
        }
        _ => elements.push(Element::Token(dollar)),
    }
    Ok(())
}

/// `count($x)`, `index()`, `len()`, `ignore($x)`.
fn metavariable_expression(stream: TokenStream, bound: &BTreeSet<String>) -> Option<Element> {
    let mut trees = stream.into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(args))) = (trees.next(), trees.next())
    else {
        return None;
    };
    let variable = args.stream().into_iter().find_map(|tree| match tree {
        TokenTree::Ident(ident) => Some(ident.to_string()).filter(|name| bound.contains(name)),
        _ => None,
    });
    match name.to_string().as_str() {
        "count" => variable.map(Element::Count),
        "ignore" => variable.map(Element::Ignore),
        "index" => Some(Element::Index),
        "len" | "length" => Some(Element::Len),
        _ => None,
    }
}

fn mentions_variable(elements: &[Element]) -> bool {
    elements.iter().any(|element| match element {
        Element::Variable(_) | Element::Count(_) | Element::Ignore(_) => true,
        Element::Group(_, inner) => mentions_variable(inner),
        Element::Repeat(repeat) => mentions_variable(&repeat.body),
        Element::Token(_)
        | Element::Local(_)
        | Element::LocalField(_)
        | Element::Crate
        | Element::Index
        | Element::Len => false,
    })
}

/// Writes one expansion.
pub(super) struct Transcriber<'a> {
    /// What the metavariables stand for.
    pub(super) bindings: &'a Bindings,
    /// What `$crate` becomes.
    pub(super) krate: &'a str,
    /// The span of the macro's own tokens.
    pub(super) span: Span,
    /// What sets the body's own variables apart from those of other expansions.
    pub(super) serial: u32,
    /// How many tokens are written, and rounds made.
    pub(super) written: usize,
}

/// The rounds under way, the outermost first: which, and of how many.
type Rounds = Vec<(usize, usize)>;

impl<'a> Transcriber<'a> {
    /// Writes the whole body.
    pub(super) fn write(mut self, body: &[Element]) -> Result<TokenStream, ExpandError> {
        let mut out = Vec::new();
        self.elements(body, &mut Vec::new(), &mut out)?;
        Ok(out.into_iter().collect())
    }

    fn spend(&mut self, tokens: usize) -> Result<(), ExpandError> {
        self.written = self.written.saturating_add(tokens);
        if self.written > MAX_TOKENS {
            return Err(ExpandError::at("the expansion is too large", self.span));
        }
        Ok(())
    }

    fn own(&self, mut tree: TokenTree) -> TokenTree {
        tree.set_span(self.span);
        tree
    }

    fn local(&self, ident: &Ident) -> TokenTree {
        hygiene::fresh(&ident.to_string(), self.serial, self.span).into()
    }

    fn elements(
        &mut self,
        elements: &[Element],
        rounds: &mut Rounds,
        out: &mut Vec<TokenTree>,
    ) -> Result<(), ExpandError> {
        for (at, element) in elements.iter().enumerate() {
            self.spend(1)?;
            match element {
                Element::Token(tree) => {
                    out.push(self.own(tree.clone()));
                }
                Element::Local(ident) => out.push(self.local(ident)),
                Element::LocalField(ident) => {
                    out.push(self.own(ident.clone().into()));
                    out.push(punct(':', self.span));
                    out.push(self.local(ident));
                }
                Element::Group(delimiter, inner) => {
                    let mut content = Vec::with_capacity(inner.len());
                    self.elements(inner, rounds, &mut content)?;
                    let group = Group::new(*delimiter, content.into_iter().collect());
                    out.push(self.own(group.into()));
                }
                Element::Variable(name) => match self.lookup(name, rounds)? {
                    Binding::Leaf(trees, size) => {
                        self.spend(*size)?;
                        match elements.get(at + 1) {
                            // Whatever `<` means here, it does not begin arguments of the fragment.
                            Some(Element::Token(next)) if tokens::is_punct(next, '<') => {
                                out.extend(trees.iter().cloned())
                            }
                            _ => out.extend(trees.iter().map(without_group)),
                        }
                    }
                    Binding::Rounds(_) => {
                        let message = format!("variable `{name}` is still repeating at this depth");
                        return Err(ExpandError::at(message, self.span));
                    }
                },
                Element::Crate => {
                    let krate = TokenStream::from_str(self.krate)
                        .map_err(|_| ExpandError::at("bad crate name", self.span))?;
                    out.extend(tokens::with_span(krate, self.span));
                }
                Element::Repeat(repeat) => self.repeat(repeat, rounds, out)?,
                Element::Count(name) => {
                    let count = leaves(self.lookup(name, rounds)?);
                    out.push(self.own(Literal::usize_unsuffixed(count).into()));
                }
                Element::Index => self.number(rounds.last().map(|round| round.0), out)?,
                Element::Len => self.number(rounds.last().map(|round| round.1), out)?,
                Element::Ignore(_) => {}
            }
        }
        Ok(())
    }

    fn number(&self, number: Option<usize>, out: &mut Vec<TokenTree>) -> Result<(), ExpandError> {
        let number =
            number.ok_or_else(|| ExpandError::at("used outside of a repetition", self.span))?;
        out.push(self.own(Literal::usize_unsuffixed(number).into()));
        Ok(())
    }

    fn repeat(
        &mut self,
        repeat: &Repeat<Element>,
        rounds: &mut Rounds,
        out: &mut Vec<TokenTree>,
    ) -> Result<(), ExpandError> {
        let mut count = None;
        self.count_rounds(&repeat.body, rounds, &mut count)?;
        let Some(count) = count else {
            return Err(ExpandError::at(
                "no variable in this repetition repeats",
                self.span,
            ));
        };
        if count > 1 && repeat.op == Kleene::ZeroOrOne {
            return Err(ExpandError::at(
                "`$(..)?` repeats more than once",
                self.span,
            ));
        }
        for round in 0..count {
            self.spend(1)?;
            if round > 0 {
                for tree in &repeat.separator {
                    out.push(self.own(tree.clone()));
                }
            }
            rounds.push((round, count));
            let written = self.elements(&repeat.body, rounds, out);
            rounds.pop();
            written?;
        }
        Ok(())
    }

    /// How many rounds a repetition makes: as many as each of the variables in it that repeat here.
    fn count_rounds(
        &self,
        elements: &[Element],
        rounds: &Rounds,
        count: &mut Option<usize>,
    ) -> Result<(), ExpandError> {
        for element in elements {
            match element {
                Element::Variable(name) | Element::Count(name) | Element::Ignore(name) => {
                    if let Binding::Rounds(found) = self.lookup(name, rounds)? {
                        if count.is_some_and(|count| count != found.len()) {
                            let message =
                                format!("variable `{name}` repeats a different number of times");
                            return Err(ExpandError::at(message, self.span));
                        }
                        *count = Some(found.len());
                    }
                }
                Element::Group(_, inner) => self.count_rounds(inner, rounds, count)?,
                Element::Repeat(repeat) => self.count_rounds(&repeat.body, rounds, count)?,
                Element::Token(_)
                | Element::Local(_)
                | Element::LocalField(_)
                | Element::Crate
                | Element::Index
                | Element::Len => {}
            }
        }
        Ok(())
    }

    fn lookup(&self, name: &str, rounds: &Rounds) -> Result<&'a Binding, ExpandError> {
        let mut binding = self.bindings.get(name);
        for (round, _) in rounds {
            let Some(Binding::Rounds(inner)) = binding else {
                break;
            };
            binding = inner.get(*round);
        }
        binding.ok_or_else(|| {
            ExpandError::at(format!("variable `{name}` is not bound here"), self.span)
        })
    }
}

/// A tree, out of the group without delimiters around it if it is one alone.
fn without_group(tree: &TokenTree) -> TokenTree {
    if let TokenTree::Group(group) = tree
        && group.delimiter() == Delimiter::None
    {
        let mut inner = group.stream().into_iter();
        if let (Some(only), None) = (inner.next(), inner.next()) {
            return only;
        }
    }
    tree.clone()
}

fn leaves(binding: &Binding) -> usize {
    match binding {
        Binding::Leaf(..) => 1,
        Binding::Rounds(rounds) => rounds.iter().map(leaves).sum(),
    }
}

fn punct(c: char, span: Span) -> TokenTree {
    let mut punct = Punct::new(c, Spacing::Alone);
    punct.set_span(span);
    punct.into()
}
