//! `#[cfg(..)]`, evaluated against a target.
//!
//! Three-valued: a predicate that may hold or not (`test`, when tests are analysed too) is unknown, and so is its negation.
//! Code under an unknown predicate is active.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

use crate::input::CfgOptions;

/// How deep `not(all(any(..)))` is followed.
const MAX_NESTING: usize = 64;

/// Whether a predicate holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    fn rank(self) -> u8 {
        match self {
            Truth::False => 0,
            Truth::Unknown => 1,
            Truth::True => 2,
        }
    }

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }

    fn and(self, other: Truth) -> Truth {
        if self.rank() < other.rank() {
            self
        } else {
            other
        }
    }

    fn or(self, other: Truth) -> Truth {
        if self.rank() > other.rank() {
            self
        } else {
            other
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

/// Whether all `#[cfg(..)]` among these attributes hold, those inside an active `#[cfg_attr(.., cfg(..))]` included.
pub fn cfg_active(attrs: &[Attribute], cfg: &CfgOptions) -> bool {
    attrs.iter().all(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("cfg") => cfg_eval(list.tokens.clone(), cfg),
        Meta::List(list) if list.path.is_ident("cfg_attr") => conditional(&list.tokens, cfg)
            .filter(|(truth, _)| *truth == Truth::True)
            .is_none_or(|(_, metas)| cfg_active(&as_attributes(attr, metas), cfg)),
        _ => true,
    })
}

/// Whether the predicate of a `cfg!(..)` or `#[cfg(..)]` holds or may hold.
pub fn cfg_eval(predicate: TokenStream, cfg: &CfgOptions) -> bool {
    truth(predicate, cfg, 0) != Truth::False
}

/// Whether the predicate holds for certain: no alternative to it needs a look.
pub(crate) fn cfg_certain(predicate: TokenStream, cfg: &CfgOptions) -> bool {
    truth(predicate, cfg, 0) == Truth::True
}

/// The attributes with each `#[cfg_attr(predicate, a, b)]` replaced by `#[a] #[b]`, or by nothing if it does not hold.
pub fn effective_attrs(attrs: &[Attribute], cfg: &CfgOptions) -> Vec<Attribute> {
    let mut effective = Vec::with_capacity(attrs.len());
    for attr in attrs {
        match &attr.meta {
            Meta::List(list) if list.path.is_ident("cfg_attr") => {
                if let Some((truth, metas)) = conditional(&list.tokens, cfg)
                    && truth != Truth::False
                {
                    effective.extend(effective_attrs(&as_attributes(attr, metas), cfg));
                }
            }
            _ => effective.push(attr.clone()),
        }
    }
    effective
}

/// The predicate and the attributes of a `cfg_attr`.
fn conditional(tokens: &TokenStream, cfg: &CfgOptions) -> Option<(Truth, Vec<Meta>)> {
    let mut rest = tokens.clone().into_iter();
    let predicate: TokenStream = rest
        .by_ref()
        .take_while(|tree| !is_punct(tree, ','))
        .collect();
    let metas = Punctuated::<LooseMeta, Token![,]>::parse_terminated
        .parse2(rest.collect())
        .ok()?;
    Some((
        truth(predicate, cfg, 0),
        metas.into_iter().map(|meta| meta.0).collect(),
    ))
}

/// An attribute's content, `unsafe(..)` around it removed.
struct LooseMeta(Meta);

impl Parse for LooseMeta {
    fn parse(input: ParseStream<'_>) -> syn::Result<LooseMeta> {
        if input.peek(Token![unsafe]) {
            input.parse::<Token![unsafe]>()?;
            let content;
            syn::parenthesized!(content in input);
            return content.parse().map(LooseMeta);
        }
        input.parse().map(LooseMeta)
    }
}

fn as_attributes(origin: &Attribute, metas: Vec<Meta>) -> Vec<Attribute> {
    let with_meta = |meta| Attribute {
        meta,
        ..origin.clone()
    };
    metas.into_iter().map(with_meta).collect()
}

fn is_punct(tree: &TokenTree, c: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn truth(predicate: TokenStream, cfg: &CfgOptions, nesting: usize) -> Truth {
    if nesting > MAX_NESTING {
        return Truth::Unknown;
    }
    let mut trees = predicate.into_iter();
    let name = match trees.next() {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        // A predicate that a macro passed on.
        Some(TokenTree::Group(group)) if trees.next().is_none() => {
            return truth(group.stream(), cfg, nesting + 1);
        }
        _ => return Truth::Unknown,
    };
    match (trees.next(), trees.next()) {
        (None, _) => flag(&name, cfg),
        (Some(TokenTree::Group(group)), _) => list(&name, group.stream(), cfg, nesting + 1),
        (Some(tree), Some(TokenTree::Literal(literal))) if is_punct(&tree, '=') => {
            let value = syn::parse2::<syn::LitStr>(TokenTree::Literal(literal).into());
            value.map_or(Truth::Unknown, |value| key(&name, &value.value(), cfg))
        }
        _ => Truth::Unknown,
    }
}

/// `all(..)`, `any(..)`, `not(..)`.
fn list(name: &str, tokens: TokenStream, cfg: &CfgOptions, nesting: usize) -> Truth {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut operands = trees
        .split(|tree| is_punct(tree, ','))
        .filter(|operand| !operand.is_empty())
        .map(|operand| truth(operand.iter().cloned().collect(), cfg, nesting));
    match name {
        "all" => operands.fold(Truth::True, Truth::and),
        "any" => operands.fold(Truth::False, Truth::or),
        "not" => operands.next().map_or(Truth::Unknown, Truth::not),
        // `version(..)` and `accessible(..)`: the compiler is taken to be a recent one.
        "version" | "accessible" => Truth::True,
        _ => Truth::False,
    }
}

/// A bare name.
fn flag(name: &str, cfg: &CfgOptions) -> Truth {
    let target = &cfg.target;
    match name {
        "true"
        | "debug_assertions"
        | "overflow_checks"
        | "target_thread_local"
        | "target_has_atomic" => Truth::True,
        "windows" | "unix" => (target.family == name).into(),
        "test" if cfg.test => Truth::Unknown,
        // `false`, `doc`, `doctest`, `miri`, `loom`, `docsrs`, and what a build script alone could set.
        _ => Truth::False,
    }
}

/// `name = "value"`.
fn key(name: &str, value: &str, cfg: &CfgOptions) -> Truth {
    let target = &cfg.target;
    let holds = match name {
        "feature" => cfg.features.as_ref().is_none_or(|on| on.contains(value)),
        "target_os" => target.os == value,
        "target_family" => target.family == value,
        "target_arch" => target.arch == value,
        "target_env" => target.env == value,
        "target_vendor" => {
            value
                == if target.os == "windows" {
                    "pc"
                } else {
                    "unknown"
                }
        }
        "target_pointer_width" => target.pointer_width.to_string() == value,
        "target_endian" => value == "little",
        "target_has_atomic" | "target_has_atomic_load_store" => match value {
            "ptr" => true,
            bits => bits
                .parse()
                .is_ok_and(|bits: u8| bits <= target.pointer_width.max(64)),
        },
        "panic" => value == "unwind",
        _ => false,
    };
    holds.into()
}
