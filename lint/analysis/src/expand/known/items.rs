//! Macros that stand for items, or wrap them.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Expr, Ident, LitStr, Token, Type, Visibility, braced, token};

use super::{Invocation, parse_items};
use crate::expand::Expanded;
use crate::input::CfgOptions;
use crate::syntax::{cfg_certain, cfg_eval};

pub(super) fn expand(name: &str, invocation: &Invocation, cfg: &CfgOptions) -> Option<Expanded> {
    let tokens = invocation.tokens.clone();
    let items = match name {
        "cfg_if" => chosen_branches(tokens, cfg)?.into_iter().collect(),
        "cfg_select" => selected_arms(tokens, cfg)?.into_iter().collect(),
        "compile_error" => TokenStream::new(),
        _ => items_of(name, tokens, invocation.span)?,
    };
    parse_items(items).ok().map(Expanded::Items)
}

/// Those that are used among statements, too.
pub(super) fn in_block(name: &str, invocation: &Invocation) -> Option<Expanded> {
    invocation.stmts(items_of(name, invocation.tokens.clone(), invocation.span)?)
}

fn items_of(name: &str, tokens: TokenStream, span: Span) -> Option<TokenStream> {
    match name {
        "lazy_static" | "thread_local" => {
            let lazies = |input: ParseStream<'_>| repeated(input, Lazy::parse);
            let lazies: Vec<Lazy> = lazies.parse2(tokens).ok()?;
            Some(
                lazies
                    .into_iter()
                    .map(|lazy| lazy.into_item(name, span))
                    .collect(),
            )
        }
        "bitflags" => {
            let flags = |input: ParseStream<'_>| repeated(input, Flags::parse);
            let flags: Vec<Flags> = flags.parse2(tokens).ok()?;
            Some(
                flags
                    .into_iter()
                    .map(|flags| flags.into_items(span))
                    .collect(),
            )
        }
        "pin_project" => Some(tokens),
        "link" => link(tokens, span),
        _ => None,
    }
}

fn repeated<T>(
    input: ParseStream<'_>,
    parse: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    let mut parsed = Vec::new();
    while !input.is_empty() {
        parsed.push(parse(input)?);
    }
    Ok(parsed)
}

/// The branches of a `cfg_if!` that may be active: all up to the first that is for certain.
pub(super) fn chosen_branches(tokens: TokenStream, cfg: &CfgOptions) -> Option<Vec<TokenStream>> {
    let parser = |input: ParseStream<'_>| {
        let mut chosen = Vec::new();
        let mut done = false;
        while !input.is_empty() {
            let mut active = true;
            let mut certain = true;
            if input.parse::<Option<Token![if]>>()?.is_some() {
                for attr in input.call(Attribute::parse_outer)? {
                    let predicate = attr.meta.require_list()?.tokens.clone();
                    active &= cfg_eval(predicate.clone(), cfg);
                    certain &= cfg_certain(predicate, cfg);
                }
            }
            let content;
            braced!(content in input);
            let branch: TokenStream = content.parse()?;
            if active && !done {
                chosen.push(branch);
                done = certain;
            }
            input.parse::<Option<Token![else]>>()?;
        }
        Ok(chosen)
    };
    parser.parse2(tokens).ok()
}

/// The arms of a `cfg_select!` (`predicate => { .. }`) that may be active: all up to the first that is for certain.
pub(super) fn selected_arms(tokens: TokenStream, cfg: &CfgOptions) -> Option<Vec<TokenStream>> {
    let parser = |input: ParseStream<'_>| {
        let mut chosen = Vec::new();
        let mut done = false;
        while !input.is_empty() {
            let mut predicate = TokenStream::new();
            while !input.peek(Token![=>]) {
                predicate.extend([input.parse::<TokenTree>()?]);
            }
            input.parse::<Token![=>]>()?;
            let arm: TokenStream = if input.peek(token::Brace) {
                let content;
                braced!(content in input);
                content.parse()?
            } else {
                let expr: Expr = input.parse()?;
                quote::quote!(#expr)
            };
            input.parse::<Option<Token![,]>>()?;
            let always = predicate.to_string() == "_";
            if !done && (always || cfg_eval(predicate.clone(), cfg)) {
                chosen.push(arm);
                done = always || cfg_certain(predicate, cfg);
            }
        }
        Ok(chosen)
    };
    parser.parse2(tokens).ok()
}

/// `static ref NAME: T = init;` of `lazy_static!`, `static NAME: T = const { init };` of `thread_local!`.
struct Lazy {
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    ty: Type,
    init: Expr,
}

impl Parse for Lazy {
    fn parse(input: ParseStream<'_>) -> syn::Result<Lazy> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        input.parse::<Token![static]>()?;
        input.parse::<Option<Token![ref]>>()?;
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        input.parse::<Token![=]>()?;
        let init = input.parse()?;
        // The last of `thread_local!` needs none.
        input.parse::<Option<Token![;]>>()?;
        Ok(Lazy {
            attrs,
            vis,
            name,
            ty,
            init,
        })
    }
}

impl Lazy {
    /// A static whose initialiser is a closure.
    fn into_item(self, kind: &str, span: Span) -> TokenStream {
        let Lazy {
            attrs,
            vis,
            name,
            ty,
            init,
        } = self;
        let cell = match kind {
            "thread_local" => quote_spanned!(span=> ::std::thread::LocalKey),
            _ => quote_spanned!(span=> ::std::sync::LazyLock),
        };
        quote_spanned!(span=> #(#attrs)* #vis static #name: #cell<#ty> = #cell::new(|| #init);)
    }
}

/// `struct Name: Bits { const A = 1; }`, or `impl Name: Bits { .. }` for a struct declared elsewhere.
struct Flags {
    attrs: Vec<Attribute>,
    vis: Visibility,
    declared: bool,
    name: Ident,
    bits: Type,
    values: Vec<(Vec<Attribute>, Ident, Expr)>,
}

impl Parse for Flags {
    fn parse(input: ParseStream<'_>) -> syn::Result<Flags> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let declared = input.parse::<Option<Token![impl]>>()?.is_some();
        if !declared {
            input.parse::<Token![struct]>()?;
        }
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let bits = input.parse()?;
        let content;
        braced!(content in input);
        let values = repeated(&content, |content| {
            let attrs = content.call(Attribute::parse_outer)?;
            content.parse::<Token![const]>()?;
            let name = match content.parse::<Option<Token![_]>>()? {
                Some(underscore) => Ident::from(underscore),
                None => content.parse()?,
            };
            content.parse::<Token![=]>()?;
            let value = content.parse()?;
            content.parse::<Token![;]>()?;
            Ok((attrs, name, value))
        })?;
        Ok(Flags {
            attrs,
            vis,
            declared,
            name,
            bits,
            values,
        })
    }
}

impl Flags {
    fn into_items(self, span: Span) -> TokenStream {
        let Flags {
            attrs,
            vis,
            declared,
            name,
            bits,
            values,
        } = self;
        let declaration = if declared {
            TokenStream::new()
        } else {
            quote_spanned!(span=> #(#attrs)* #vis struct #name { bits: #bits })
        };
        let constants = values
            .into_iter()
            .filter(|(_, constant, _)| constant != "_")
            .map(|(attrs, constant, value)| quote_spanned!(span=> #(#attrs)* pub const #constant: Self = Self { bits: #value };));
        quote_spanned!(span=> #declaration impl #name { #(#constants)* })
    }
}

/// `link!("dll" "system" fn name(..) -> T)` of windows-link and windows-targets: a foreign function.
fn link(tokens: TokenStream, span: Span) -> Option<TokenStream> {
    let parser = |input: ParseStream<'_>| {
        input.parse::<LitStr>()?;
        let abi: LitStr = input.parse()?;
        input.parse::<Option<LitStr>>()?;
        let function: TokenStream = input.parse()?;
        Ok((abi, function))
    };
    let (abi, function) = parser.parse2(tokens).ok()?;
    let ends = function.clone().into_iter().last();
    let semi = match ends {
        Some(TokenTree::Punct(punct)) if punct.as_char() == ';' => None,
        _ => Some(token::Semi(span)),
    };
    Some(quote_spanned!(span=> unsafe extern #abi { #function #semi }))
}
