//! `macro_rules!` and `macro`.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::matcher::{self, Matcher};
use super::transcriber::{self, Element, Transcriber};
use super::{ExpandError, hygiene, tokens};
use crate::syntax::check_depth;

/// A macro by example.
pub struct MacroRules {
    arms: Vec<Arm>,
}

struct Arm {
    matcher: Vec<Matcher>,
    body: Vec<Element>,
    /// Whether the body has variables of its own.
    locals: bool,
}

impl MacroRules {
    /// Reads a definition: the tokens within `macro_rules! name { .. }`, or the whole of `macro name(..) { .. }`.
    pub fn parse(tokens: TokenStream) -> Result<MacroRules, ExpandError> {
        check_depth(&tokens)?;
        let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
        // Arms of an attribute macro begin with a word, too, but never with this one.
        let keyword = trees
            .iter()
            .take_while(|tree| !matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace))
            .position(|tree| matches!(tree, TokenTree::Ident(ident) if ident == "macro"));
        if let Some(at) = keyword {
            let rest = trees.split_off(at + 1);
            return match rest.as_slice() {
                [
                    TokenTree::Ident(_),
                    TokenTree::Group(pattern),
                    TokenTree::Group(body),
                ] => Ok(MacroRules {
                    arms: vec![Arm::new(pattern.stream(), body.stream())?],
                }),
                [TokenTree::Ident(_), TokenTree::Group(arms)] => {
                    MacroRules::from_arms(arms.stream())
                }
                _ => Err(ExpandError::new("malformed `macro` definition")),
            };
        }
        MacroRules::from_arms(trees.into_iter().collect())
    }

    fn from_arms(tokens: TokenStream) -> Result<MacroRules, ExpandError> {
        let mut arms = Vec::new();
        let mut trees = tokens.into_iter().peekable();
        while let Some(tree) = trees.next() {
            // `attr(..) (..) => ..`, `derive() (..) => ..`: not what an invocation with `!` expands.
            let other_kind = matches!(tree, TokenTree::Ident(_));
            let mut pattern = tree;
            while other_kind && !trees.peek().is_none_or(|tree| tokens::is_punct(tree, '=')) {
                pattern = trees.next().unwrap_or(pattern);
            }
            let span = pattern.span();
            let arrow = [trees.next(), trees.next()];
            let is_arrow = matches!(&arrow, [Some(a), Some(b)] if tokens::is_punct(a, '=') && tokens::is_punct(b, '>'));
            let (TokenTree::Group(pattern), true, Some(TokenTree::Group(body))) =
                (pattern, is_arrow, trees.next())
            else {
                return Err(ExpandError::at("malformed macro arm", span));
            };
            if !other_kind {
                arms.push(Arm::new(pattern.stream(), body.stream())?);
            }
            while trees
                .next_if(|tree| tokens::is_punct(tree, ';') || tokens::is_punct(tree, ','))
                .is_some()
            {}
        }
        Ok(MacroRules { arms })
    }

    /// Expands one invocation.
    ///
    /// `krate` is what `$crate` becomes: a path such as `crate`. Tokens of the macro's body get the span `call_site`, those of the arguments
    /// keep theirs. Variables that the body binds get fresh names. Macros invoked by the expansion are left as they are.
    pub fn expand(
        &self,
        input: TokenStream,
        krate: &str,
        call_site: Span,
    ) -> Result<TokenStream, ExpandError> {
        check_depth(&input)?;
        let mut mismatch = None;
        for arm in &self.arms {
            let bindings = match matcher::match_tokens(&arm.matcher, input.clone()) {
                Ok(bindings) => bindings,
                Err(error) => {
                    mismatch.get_or_insert(error);
                    continue;
                }
            };
            let transcriber = Transcriber {
                bindings: &bindings,
                krate,
                span: call_site,
                serial: if arm.locals {
                    hygiene::next_serial()
                } else {
                    0
                },
                written: 0,
            };
            return transcriber.write(&arm.body);
        }
        Err(mismatch.unwrap_or_else(|| ExpandError::at("the macro has no rules", call_site)))
    }
}

impl Arm {
    fn new(pattern: TokenStream, body: TokenStream) -> Result<Arm, ExpandError> {
        let matcher = matcher::parse_matcher(pattern)?;
        let mut bound = BTreeSet::new();
        matcher::for_each_name(&matcher, &mut |name| {
            bound.insert(name.to_owned());
        });
        let mut body = transcriber::parse_body(body, &bound)?;
        let locals = hygiene::mark_locals(&mut body);
        Ok(Arm {
            matcher,
            body,
            locals,
        })
    }
}
