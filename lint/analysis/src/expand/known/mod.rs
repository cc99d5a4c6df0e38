//! The macros of std and of well-known crates, by name.

mod control;
mod format;
mod items;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::position::{items as parse_items, operands, statements};
use super::{Expanded, Position};
use crate::input::CfgOptions;
use crate::syntax::{cfg_certain, cfg_eval, check_depth};

/// The meaning of a well-known macro; `name` is the last segment of its path. `None` if it is none of those, or if
/// its arguments are not what it takes.
///
/// In statement position the result can be an [`Expanded::Expr`], too: an expression statement.
///
/// `vec![..]` becomes a call of the path `::alloc::vec::__vec` with one array or repeat expression.
pub fn expand_known(
    name: &str,
    mac: &syn::Macro,
    position: Position,
    cfg: &CfgOptions,
) -> Option<Expanded> {
    if check_depth(&mac.tokens).is_err() {
        return None;
    }
    let invocation = Invocation {
        tokens: mac.tokens.clone(),
        span: mac.path.span(),
        position,
    };
    match position {
        Position::Item => items::expand(name, &invocation, cfg),
        Position::Expr | Position::Stmt => control::expand(name, &invocation)
            .or_else(|| format::expand(name, &invocation))
            .or_else(|| value(name, &invocation, cfg))
            .or_else(|| items::in_block(name, &invocation)),
        Position::Pat | Position::Type => None,
    }
}

/// One invocation of a well-known macro.
struct Invocation {
    tokens: TokenStream,
    /// Where what the macro adds is.
    span: Span,
    position: Position,
}

impl Invocation {
    /// Parses what the macro stands for.
    fn expr(&self, tokens: TokenStream) -> Option<Expanded> {
        syn::parse2::<Expr>(tokens)
            .ok()
            .map(|expr| Expanded::Expr(Box::new(expr)))
    }

    fn stmts(&self, tokens: TokenStream) -> Option<Expanded> {
        statements(tokens).ok().map(Expanded::Stmts)
    }
}

/// Macros that are values.
fn value(name: &str, invocation: &Invocation, cfg: &CfgOptions) -> Option<Expanded> {
    let tokens = &invocation.tokens;
    let span = invocation.span;
    match name {
        "vec" => invocation.expr(quote_spanned!(span=> ::alloc::vec::__vec([#tokens]))),
        "cfg" => match (
            cfg_eval(tokens.clone(), cfg),
            cfg_certain(tokens.clone(), cfg),
        ) {
            (false, _) => invocation.expr(quote_spanned!(span=> false)),
            (true, true) => invocation.expr(quote_spanned!(span=> true)),
            (true, false) => Some(Expanded::Unknown(Vec::new())),
        },
        "cfg_if" => {
            let branch = items::chosen_branches(tokens.clone(), cfg)?
                .into_iter()
                .next()
                .unwrap_or_default();
            invocation.stmts(branch)
        }
        "cfg_select" => {
            let arm = items::selected_arms(tokens.clone(), cfg)?
                .into_iter()
                .next()
                .unwrap_or_default();
            invocation.stmts(arm)
        }
        "concat" | "stringify" | "file" | "module_path" | "env" | "include_str" | "concatcp"
        | "formatcp" => invocation.expr(quote_spanned!(span=> "")),
        "include_bytes" => invocation.expr(quote_spanned!(span=> b"")),
        "line" | "column" => invocation.expr(quote_spanned!(span=> 0u32)),
        // String constants of the windows crate.
        "s" | "w" | "h" | "cstr" => syn::parse2::<syn::LitStr>(tokens.clone())
            .ok()
            .and_then(|text| invocation.expr(quote!(#text))),
        "option_env" | "include" => Some(Expanded::Unknown(Vec::new())),
        "quote" | "quote_spanned" | "parse_quote" | "parse_quote_spanned" | "format_ident" => {
            Some(Expanded::Reads(Vec::new()))
        }
        "addr_of" => invocation.expr(quote_spanned!(span=> &raw const #tokens)),
        "addr_of_mut" => invocation.expr(quote_spanned!(span=> &raw mut #tokens)),
        "dbg" => match operands(tokens.clone()).as_slice() {
            [one] => Some(Expanded::Expr(Box::new(one.clone()))),
            many => invocation.expr(quote_spanned!(span=> (#(#many,)*))),
        },
        "join" | "try_join" | "select" | "select_biased" => {
            Some(Expanded::Unknown(operands(tokens.clone())))
        }
        _ => None,
    }
}
