//! The left side of a `macro_rules!` arm: its pattern, and matching an invocation against it.
//!
//! As in rustc the arms are tried in order and a repetition takes as many rounds as match. Fragments that have a
//! grammar are parsed by `syn` to find their end, and their tokens kept.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Pat, Token};

use super::{ExpandError, tokens};

/// One element of a pattern.
pub(super) enum Matcher {
    /// This token.
    Token(TokenTree),
    /// A delimited sequence.
    Group(Delimiter, Vec<Matcher>),
    /// `$name:kind`.
    Fragment(String, Fragment),
    /// `$( .. ) sep op`.
    Repeat(Repeat<Matcher>),
}

/// A repetition, of either side.
pub(super) struct Repeat<T> {
    pub(super) body: Vec<T>,
    pub(super) separator: Vec<TokenTree>,
    pub(super) op: Kleene,
}

/// How often a repetition repeats.
#[derive(Copy, Clone, PartialEq)]
pub(super) enum Kleene {
    ZeroOrMore,
    OneOrMore,
    ZeroOrOne,
}

/// A fragment specifier.
#[derive(Copy, Clone, PartialEq)]
pub(super) enum Fragment {
    Block,
    Expr,
    Ident,
    Item,
    Lifetime,
    Literal,
    Meta,
    Pat,
    PatParam,
    Path,
    Stmt,
    Tt,
    Ty,
    Vis,
}

impl Fragment {
    fn from_name(name: &str) -> Option<Fragment> {
        Some(match name {
            "block" => Fragment::Block,
            "expr" | "expr_2021" => Fragment::Expr,
            "ident" => Fragment::Ident,
            "item" => Fragment::Item,
            "lifetime" => Fragment::Lifetime,
            "literal" => Fragment::Literal,
            "meta" => Fragment::Meta,
            "pat" => Fragment::Pat,
            "pat_param" => Fragment::PatParam,
            "path" => Fragment::Path,
            "stmt" => Fragment::Stmt,
            "tt" => Fragment::Tt,
            "ty" => Fragment::Ty,
            "vis" => Fragment::Vis,
            _ => return None,
        })
    }
}

/// What a metavariable stands for.
pub(super) enum Binding {
    /// Tokens, and how many they are with those in groups.
    Leaf(Rc<[TokenTree]>, usize),
    /// One binding per round of a repetition.
    Rounds(Vec<Binding>),
}

/// The metavariables of a match.
pub(super) type Bindings = BTreeMap<String, Binding>;

/// Reads a pattern.
pub(super) fn parse_matcher(stream: TokenStream) -> Result<Vec<Matcher>, ExpandError> {
    let mut trees = stream.into_iter().peekable();
    let mut matchers = Vec::new();
    while let Some(tree) = trees.next() {
        if !tokens::is_punct(&tree, '$') {
            matchers.push(match tree {
                TokenTree::Group(group) => {
                    Matcher::Group(group.delimiter(), parse_matcher(group.stream())?)
                }
                tree => Matcher::Token(tree),
            });
            continue;
        }
        match trees.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                let body = parse_matcher(group.stream())?;
                let (separator, op) = tokens::separator_and_op(&mut trees)?;
                matchers.push(Matcher::Repeat(Repeat {
                    body,
                    separator,
                    op,
                }));
            }
            Some(TokenTree::Ident(name))
                if trees.peek().is_some_and(|tree| tokens::is_punct(tree, ':')) =>
            {
                trees.next();
                let Some(TokenTree::Ident(kind)) = trees.next() else {
                    return Err(ExpandError::at(
                        "a fragment specifier is missing",
                        name.span(),
                    ));
                };
                let Some(kind) = Fragment::from_name(&kind.to_string()) else {
                    return Err(ExpandError::at("unknown fragment specifier", kind.span()));
                };
                matchers.push(Matcher::Fragment(name.to_string(), kind));
            }
            // `$crate` as a literal token.
            Some(TokenTree::Ident(name)) if name == "crate" => {
                matchers.push(Matcher::Token(tree));
                matchers.push(Matcher::Token(name.into()));
            }
            Some(other) if tokens::is_punct(&other, '$') => matchers.push(Matcher::Token(other)),
            // A dollar sign among other punctuation, or at the end.
            None => matchers.push(Matcher::Token(tree)),
            Some(punct @ TokenTree::Punct(_)) => matchers.extend([tree, punct].map(Matcher::Token)),
            Some(other) => {
                let span = other.span();
                return Err(ExpandError::at(
                    "`$` is not followed by a metavariable",
                    span,
                ));
            }
        }
    }
    for at in 1..matchers.len() {
        // Only without alternatives can a bar follow a pattern, as in `|$p:pat| ..`.
        if matches!(&matchers[at], Matcher::Token(tree) if tokens::is_punct(tree, '|'))
            && let Matcher::Fragment(_, kind @ Fragment::Pat) = &mut matchers[at - 1]
        {
            *kind = Fragment::PatParam;
        }
    }
    Ok(matchers)
}

/// Matches an invocation's tokens.
pub(super) fn match_tokens(
    matchers: &[Matcher],
    input: TokenStream,
) -> Result<Bindings, ExpandError> {
    let parser = |input: ParseStream<'_>| {
        let mut bindings = Bindings::new();
        match_sequence(matchers, input, &mut bindings)?;
        if !input.is_empty() {
            return Err(input.error("no rule expects this token"));
        }
        Ok(bindings)
    };
    parser.parse2(input).map_err(ExpandError::from)
}

fn match_sequence(
    matchers: &[Matcher],
    input: ParseStream<'_>,
    bindings: &mut Bindings,
) -> syn::Result<()> {
    for matcher in matchers {
        match matcher {
            Matcher::Token(expected) => match_token(expected, input)?,
            Matcher::Group(delimiter, inner) => {
                let group = next_group(*delimiter, input)?;
                let inner_bindings =
                    match_tokens(inner, group.stream()).map_err(ExpandError::into_syn)?;
                bindings.extend(inner_bindings);
            }
            Matcher::Fragment(name, kind) => {
                let found = match_fragment(*kind, input)?;
                let size = tokens::size(found.iter().cloned().collect());
                bindings.insert(name.clone(), Binding::Leaf(found.into(), size));
            }
            Matcher::Repeat(repeat) => match_repeat(repeat, input, bindings)?,
        }
    }
    Ok(())
}

fn match_repeat(
    repeat: &Repeat<Matcher>,
    input: ParseStream<'_>,
    bindings: &mut Bindings,
) -> syn::Result<()> {
    let mut rounds: BTreeMap<String, Vec<Binding>> = BTreeMap::new();
    for_each_name(&repeat.body, &mut |name| {
        rounds.insert(name.to_owned(), Vec::new());
    });
    let mut count = 0usize;
    loop {
        let attempt = input.fork();
        let before = attempt.cursor();
        if count > 0
            && repeat
                .separator
                .iter()
                .any(|expected| match_token(expected, &attempt).is_err())
        {
            break;
        }
        let mut round = Bindings::new();
        match match_sequence(&repeat.body, &attempt, &mut round) {
            // An empty round would match for ever.
            Ok(()) if attempt.cursor() == before => break,
            Ok(()) => {}
            Err(error) if count == 0 && repeat.op == Kleene::OneOrMore => return Err(error),
            Err(_) => break,
        }
        syn::parse::discouraged::Speculative::advance_to(input, &attempt);
        for (name, binding) in round {
            rounds.entry(name).or_default().push(binding);
        }
        count += 1;
        if repeat.op == Kleene::ZeroOrOne {
            break;
        }
    }
    if count == 0 && repeat.op == Kleene::OneOrMore {
        return Err(input.error("the repetition needs at least one round"));
    }
    bindings.extend(
        rounds
            .into_iter()
            .map(|(name, rounds)| (name, Binding::Rounds(rounds))),
    );
    Ok(())
}

/// Visits the metavariables that a pattern binds.
pub(super) fn for_each_name(matchers: &[Matcher], visit: &mut impl FnMut(&str)) {
    for matcher in matchers {
        match matcher {
            Matcher::Token(_) => {}
            Matcher::Group(_, inner) => for_each_name(inner, visit),
            Matcher::Fragment(name, _) => visit(name),
            Matcher::Repeat(repeat) => for_each_name(&repeat.body, visit),
        }
    }
}

/// The next token tree as it stands: a group without delimiters is one tree.
fn next_tree(input: ParseStream<'_>) -> syn::Result<TokenTree> {
    input.step(|cursor| {
        cursor
            .token_tree()
            .ok_or_else(|| cursor.error("unexpected end of macro invocation"))
    })
}

fn peek_tree(input: ParseStream<'_>) -> Option<TokenTree> {
    input.cursor().token_tree().map(|(tree, _)| tree)
}

fn match_token(expected: &TokenTree, input: ParseStream<'_>) -> syn::Result<()> {
    let span = input.span();
    let found = next_tree(input)?;
    let same = match (expected, &found) {
        (TokenTree::Ident(expected), TokenTree::Ident(found)) => expected == found,
        (TokenTree::Punct(expected), TokenTree::Punct(found)) => {
            expected.as_char() == found.as_char()
        }
        (TokenTree::Literal(expected), TokenTree::Literal(found)) => {
            expected.to_string() == found.to_string()
        }
        _ => false,
    };
    if same {
        Ok(())
    } else {
        Err(syn::Error::new(span, "no rule expects this token"))
    }
}

fn next_group(delimiter: Delimiter, input: ParseStream<'_>) -> syn::Result<Group> {
    match next_tree(input)? {
        TokenTree::Group(group) if group.delimiter() == delimiter => Ok(group),
        other => Err(syn::Error::new(other.span(), "no rule expects this token")),
    }
}

fn match_fragment(kind: Fragment, input: ParseStream<'_>) -> syn::Result<Vec<TokenTree>> {
    match kind {
        Fragment::Tt => next_glued(input),
        Fragment::Ident => match next_tree(input)? {
            TokenTree::Ident(ident) if ident != "_" => Ok(vec![ident.into()]),
            other => Err(syn::Error::new(other.span(), "expected an identifier")),
        },
        Fragment::Block => match peek_tree(input) {
            // A block that an outer macro passed on comes without a group of its own around it.
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                Ok(vec![next_tree(input)?])
            }
            _ => Err(input.error("expected a block")),
        },
        Fragment::Expr => {
            // What rustc does not let start an expression fragment, so that a later arm gets it.
            if input.peek(Token![_]) || input.peek(Token![let]) {
                return Err(input.error("expected an expression"));
            }
            let found = tokens_of(input, |input| input.parse::<syn::Expr>().map(drop))?;
            Ok(if found.len() == 1 {
                found
            } else {
                as_unit(found)
            })
        }
        Fragment::Ty => {
            let found = tokens_of(input, |input| input.parse::<syn::Type>().map(drop))?;
            Ok(as_unit(found))
        }
        Fragment::Item => tokens_of(input, |input| input.parse::<syn::Item>().map(drop)),
        Fragment::Lifetime => tokens_of(input, |input| input.parse::<syn::Lifetime>().map(drop)),
        Fragment::Literal => tokens_of(input, |input| input.parse::<syn::Lit>().map(drop)),
        Fragment::Meta => tokens_of(input, meta),
        Fragment::Pat => tokens_of(input, |input| {
            Pat::parse_multi_with_leading_vert(input).map(drop)
        }),
        Fragment::PatParam => tokens_of(input, |input| Pat::parse_single(input).map(drop)),
        Fragment::Path => tokens_of(input, |input| input.parse::<syn::Path>().map(drop)),
        Fragment::Stmt => {
            let mut found = tokens_of(input, statement)?;
            // A declaration is complete where it is used, also without a semicolon after it.
            if matches!(found.first(), Some(TokenTree::Ident(word)) if word == "let") {
                found.push(Punct::new(';', Spacing::Alone).into());
            }
            Ok(found)
        }
        Fragment::Vis => tokens_of(input, |input| input.parse::<syn::Visibility>().map(drop)),
    }
}

/// The next tree, or all characters of an operator, or both tokens of a lifetime.
fn next_glued(input: ParseStream<'_>) -> syn::Result<Vec<TokenTree>> {
    let mut found = vec![next_tree(input)?];
    if tokens::is_punct(&found[0], '\'') {
        found.push(next_tree(input)?);
        return Ok(found);
    }
    while let Some(TokenTree::Punct(last)) = found.last()
        && last.spacing() == Spacing::Joint
        && let Some(next @ TokenTree::Punct(_)) = peek_tree(input)
    {
        found.push(next);
        if !tokens::is_operator(&found) {
            found.pop();
            break;
        }
        next_tree(input)?;
    }
    Ok(found)
}

/// Runs a parser and gives the tokens that it consumed.
fn tokens_of(
    input: ParseStream<'_>,
    parse: impl FnOnce(ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<Vec<TokenTree>> {
    let mut cursor = input.cursor();
    parse(input)?;
    let end = input.cursor();
    let mut found = Vec::new();
    while cursor != end {
        let Some((tree, next)) = cursor.token_tree() else {
            break;
        };
        // The end may lie inside a group without delimiters, which the parser looked through.
        if next > end
            && let Some((inside, Delimiter::None, _, _)) = cursor.any_group()
        {
            cursor = inside;
            continue;
        }
        found.push(tree);
        cursor = next;
    }
    Ok(found)
}

/// Keeps a fragment together as one operand.
fn as_unit(found: Vec<TokenTree>) -> Vec<TokenTree> {
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return found;
    };
    let span = first.span().join(last.span()).unwrap_or(first.span());
    let mut group = Group::new(Delimiter::None, found.into_iter().collect());
    group.set_span(span);
    vec![group.into()]
}

/// An attribute's content.
fn meta(input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(Token![unsafe]) && input.peek2(syn::token::Paren) {
        input.parse::<Token![unsafe]>()?;
        return next_group(Delimiter::Parenthesis, input).map(drop);
    }
    input.parse::<syn::Meta>().map(drop)
}

/// A statement without its semicolon (items keep theirs).
fn statement(input: ParseStream<'_>) -> syn::Result<()> {
    let attempt = input.fork();
    attempt.call(syn::Attribute::parse_outer)?;
    if attempt.peek(Token![let]) {
        syn::parse::discouraged::Speculative::advance_to(input, &attempt);
        input.parse::<Token![let]>()?;
        Pat::parse_single(input)?;
        if input.parse::<Option<Token![:]>>()?.is_some() {
            input.parse::<syn::Type>()?;
        }
        if input.parse::<Option<Token![=]>>()?.is_some() {
            input.parse::<syn::Expr>()?;
        }
        if input.parse::<Option<Token![else]>>()?.is_some() {
            next_group(Delimiter::Brace, input)?;
        }
        return Ok(());
    }
    let attempt = input.fork();
    if attempt.parse::<syn::Expr>().is_ok() {
        syn::parse::discouraged::Speculative::advance_to(input, &attempt);
        return Ok(());
    }
    input.parse::<syn::Item>().map(drop)
}
