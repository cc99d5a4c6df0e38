//! Macros that format, print and log: they only read.

use std::str::FromStr;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, LitStr, Token};

use super::Invocation;
use crate::expand::position::{names, variable};
use crate::expand::{Expanded, tokens};

pub(super) fn expand(name: &str, invocation: &Invocation) -> Option<Expanded> {
    match name {
        "println" | "eprintln" | "print" | "eprint" | "format" | "format_args" | "write"
        | "writeln" => {}
        "anyhow" | "eyre" | "format_err" => {}
        "trace" | "debug" | "info" | "warn" | "error" | "log" | "event" | "log_enabled"
        | "enabled" => {}
        "span" | "trace_span" | "debug_span" | "info_span" | "warn_span" | "error_span" => {}
        _ => return None,
    }
    Some(Expanded::Reads(arguments(invocation.tokens.clone())))
}

/// What such a macro reads: its arguments, and the variables named in its format string.
pub(super) fn arguments(stream: TokenStream) -> Vec<Expr> {
    let values = match Punctuated::<Named, Token![,]>::parse_terminated.parse2(stream.clone()) {
        Ok(values) => values.into_iter().map(|named| named.0).collect(),
        // The forms of `log` and `tracing`.
        Err(_) => fields(stream),
    };
    let mut reads = Vec::new();
    for value in values {
        match value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => captures(&text, &mut reads),
            value => reads.push(value),
        }
    }
    reads
}

/// `value` or `name = value`.
struct Named(Expr);

impl Parse for Named {
    fn parse(input: ParseStream<'_>) -> syn::Result<Named> {
        if input.peek(Ident::peek_any)
            && input.peek2(Token![=])
            && !input.peek2(Token![==])
            && !input.peek2(Token![=>])
        {
            input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
        }
        input.parse().map(Named)
    }
}

/// `target: "t", a.b = %x, ?y, { z = 1 }; "message"`.
fn fields(stream: TokenStream) -> Vec<Expr> {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut values = Vec::new();
    for piece in trees.split(|tree| tokens::is_punct(tree, ',') || tokens::is_punct(tree, ';')) {
        let piece = field_value(piece);
        if let [TokenTree::Group(group)] = piece
            && group.delimiter() == Delimiter::Brace
        {
            values.extend(fields(group.stream()));
            continue;
        }
        let stream: TokenStream = piece.iter().cloned().collect();
        match syn::parse2(stream.clone()) {
            Ok(value) => values.push(value),
            Err(_) => values.extend(names(stream)),
        }
    }
    values
}

/// The value of a field, without its name and without `%` or `?`.
fn field_value(piece: &[TokenTree]) -> &[TokenTree] {
    let is = |at: usize, c| piece.get(at).is_some_and(|tree| tokens::is_punct(tree, c));
    let assignment = (1..piece.len()).find(|&at| {
        let comparison = is(at + 1, '=')
            || is(at + 1, '>')
            || ['=', '!', '<', '>'].iter().any(|&c| is(at - 1, c));
        is(at, '=') && !comparison
    });
    let label = is(1, ':') && !is(2, ':');
    let value = match assignment {
        Some(at) => &piece[at + 1..],
        None if label => &piece[2..],
        None => piece,
    };
    match value {
        [sigil, rest @ ..] if tokens::is_punct(sigil, '%') || tokens::is_punct(sigil, '?') => rest,
        value => value,
    }
}

/// The variables that a format string names: `{x}`, `{x:?}`, `{0:width$}`.
fn captures(text: &LitStr, reads: &mut Vec<Expr>) {
    let value = text.value();
    let mut rest = value.as_str();
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
            continue;
        }
        let Some(close) = rest.find('}') else { return };
        let (name, spec) = rest[..close]
            .split_once(':')
            .unwrap_or((&rest[..close], ""));
        reads.extend(captured(name.trim(), text.span()));
        // `width$` and `.precision$`: the name before each dollar sign.
        let mut pieces: Vec<&str> = spec.split('$').collect();
        pieces.pop();
        for piece in pieces {
            let start = piece
                .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
                .map_or(0, |at| {
                    at + piece[at..].chars().next().map_or(1, char::len_utf8)
                });
            let name = piece[start..].trim_start_matches(|c: char| c.is_ascii_digit());
            reads.extend(captured(name, text.span()));
        }
        rest = &rest[close + 1..];
    }
}

fn captured(name: &str, span: Span) -> Option<Expr> {
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let stream = TokenStream::from_str(name).ok()?;
    let mut ident: Ident = syn::parse2(stream).ok()?;
    ident.set_span(span);
    variable(ident)
}
