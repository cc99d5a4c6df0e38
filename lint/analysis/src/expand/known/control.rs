//! Macros that branch, return or never come back.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Pat, Token};

use super::Invocation;
use crate::expand::{Expanded, Position, hygiene};

pub(super) fn expand(name: &str, invocation: &Invocation) -> Option<Expanded> {
    let tokens = &invocation.tokens;
    let span = invocation.span;
    match name {
        "panic" | "unreachable" | "todo" | "unimplemented" => {
            Some(Expanded::Diverges(super::format::arguments(tokens.clone())))
        }
        "compile_error" => Some(Expanded::Diverges(Vec::new())),
        "assert" | "debug_assert" => {
            let Condition { condition, message } = syn::parse2(tokens.clone()).ok()?;
            invocation.expr(quote_spanned!(span=> if !(#condition) { ::core::panic!(#message) }))
        }
        "assert_eq" | "debug_assert_eq" => {
            let Pair {
                left,
                right,
                message,
            } = syn::parse2(tokens.clone()).ok()?;
            invocation
                .expr(quote_spanned!(span=> if !((#left) == (#right)) { ::core::panic!(#message) }))
        }
        "assert_ne" | "debug_assert_ne" => {
            let Pair {
                left,
                right,
                message,
            } = syn::parse2(tokens.clone()).ok()?;
            invocation
                .expr(quote_spanned!(span=> if (#left) == (#right) { ::core::panic!(#message) }))
        }
        "matches" => {
            let Arm {
                value, pat, guard, ..
            } = syn::parse2(tokens.clone()).ok()?;
            invocation.expr(quote_spanned!(span=> match #value { #pat #guard => true, _ => false }))
        }
        "assert_matches" | "debug_assert_matches" => {
            let Arm {
                value,
                pat,
                guard,
                message,
            } = syn::parse2(tokens.clone()).ok()?;
            invocation.expr(quote_spanned!(span=> match #value { #pat #guard => {}, _ => ::core::panic!(#message) }))
        }
        "try" | "r#try" => {
            let value: Expr = syn::parse2(tokens.clone()).ok()?;
            invocation.expr(quote_spanned!(span=> (#value)?))
        }
        "bail" => invocation.expr(failure(tokens, invocation)),
        "ensure" => {
            let Condition { condition, message } = syn::parse2(tokens.clone()).ok()?;
            let failure = failure(&message, invocation);
            invocation.expr(quote_spanned!(span=> if !(#condition) { #failure }))
        }
        "ready" => {
            let value: Expr = syn::parse2(tokens.clone()).ok()?;
            let ready = hygiene::fresh("value", hygiene::next_serial(), span);
            invocation.expr(quote_spanned!(span=> match #value {
                ::core::task::Poll::Ready(#ready) => #ready,
                ::core::task::Poll::Pending => return ::core::task::Poll::Pending,
            }))
        }
        "pin" | "pin_mut" => pin(name, invocation),
        "defer" => {
            let guard = hygiene::fresh("_guard", hygiene::next_serial(), span);
            invocation.stmts(
                quote_spanned!(span=> let #guard = ::scopeguard::guard((), |_| { #tokens });),
            )
        }
        _ => None,
    }
}

/// `return Err(..)` with an error of which only the message is known.
fn failure(message: &TokenStream, invocation: &Invocation) -> TokenStream {
    quote_spanned!(invocation.span=>
        return ::core::result::Result::Err(::core::convert::Into::into(::std::format!(#message)))
    )
}

/// std's `pin!(value)` is a value, those of tokio and futures re-bind variables.
fn pin(name: &str, invocation: &Invocation) -> Option<Expanded> {
    let tokens = &invocation.tokens;
    let first = tokens.clone().into_iter().next();
    if invocation.position == Position::Stmt {
        if matches!(&first, Some(proc_macro2::TokenTree::Ident(word)) if word == "let") {
            return invocation.stmts(tokens.clone());
        }
        return Some(Expanded::Reads(crate::expand::position::operands(
            tokens.clone(),
        )));
    }
    let value: Expr = syn::parse2(tokens.clone()).ok().filter(|_| name == "pin")?;
    invocation.expr(quote_spanned!(invocation.span=> ::core::pin::Pin::new(&mut { #value })))
}

/// `condition, message..`
struct Condition {
    condition: Expr,
    message: TokenStream,
}

impl Parse for Condition {
    fn parse(input: ParseStream<'_>) -> syn::Result<Condition> {
        Ok(Condition {
            condition: input.parse()?,
            message: message(input)?,
        })
    }
}

/// `left, right, message..`
struct Pair {
    left: Expr,
    right: Expr,
    message: TokenStream,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Pair> {
        let left = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok(Pair {
            left,
            right: input.parse()?,
            message: message(input)?,
        })
    }
}

/// `value, pattern if guard, message..`
struct Arm {
    value: Expr,
    pat: Pat,
    guard: TokenStream,
    message: TokenStream,
}

impl Parse for Arm {
    fn parse(input: ParseStream<'_>) -> syn::Result<Arm> {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        let guard = match input.parse::<Option<Token![if]>>()? {
            Some(keyword) => {
                let condition: Expr = input.parse()?;
                quote::quote!(#keyword #condition)
            }
            None => TokenStream::new(),
        };
        Ok(Arm {
            value,
            pat,
            guard,
            message: message(input)?,
        })
    }
}

/// What follows after a comma, if anything.
fn message(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    input.parse()
}
