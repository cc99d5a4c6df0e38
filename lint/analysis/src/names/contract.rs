//! What `#[socket_lifecycle(..)]` states of a function: who opens, who closes.
//!
//! The attribute is known by the last segment of its path, as it is to suppressions: a source that is read
//! without its dependencies does not say more. What is written wrongly is the attribute's to complain about.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};

use crate::span::Span;
use crate::syntax::binds;

/// What a function promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its result is a socket that the caller has to close; where that is said.
    pub opens: Option<Span>,
    /// What becomes of the sockets in its parameters.
    pub params: Vec<Promise>,
}

/// What becomes of one parameter.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Which parameter; the receiver is the first.
    pub param: usize,
    /// What is promised.
    pub fate: Fate,
    /// Where that is said.
    pub span: Span,
}

/// What becomes of a socket that is passed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// `closes(s)`: it is closed when the function returns.
    Closed,
    /// `borrows(s)`: it is the caller's to close as before.
    Borrowed,
    /// `takes(s)`: it is somebody else's to close from then on.
    Taken,
}

/// The contract that the attributes of a function state, if they state any.
pub fn contract(
    span_of: impl Fn(proc_macro2::Span) -> Span,
    attrs: &[syn::Attribute],
    sig: &syn::Signature,
) -> Option<Contract> {
    let mut found = Contract {
        opens: None,
        params: Vec::new(),
    };
    for attr in attrs {
        let syn::Meta::List(list) = &attr.meta else {
            continue;
        };
        let last = list.path.segments.last();
        if last.is_none_or(|last| last.ident != "socket_lifecycle") {
            continue;
        }
        let parser = syn::punctuated::Punctuated::<Arg, syn::Token![,]>::parse_terminated;
        let Ok(args) = parser.parse2(list.tokens.clone()) else {
            continue;
        };
        for Arg { name, operand } in args {
            let span = span_of(name.span());
            let fate = match name.to_string().as_str() {
                "opens" => {
                    found.opens = Some(span);
                    continue;
                }
                "closes" => Fate::Closed,
                "borrows" => Fate::Borrowed,
                "takes" => Fate::Taken,
                _ => continue,
            };
            let param = operand.and_then(|operand| position(sig, &operand));
            found
                .params
                .extend(param.map(|param| Promise { param, fate, span }));
        }
    }
    (found.opens.is_some() || !found.params.is_empty()).then_some(found)
}

/// An argument: a name, and perhaps something in parentheses that begins with another.
struct Arg {
    name: syn::Ident,
    operand: Option<syn::Ident>,
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Arg> {
        let name = input.call(syn::Ident::parse_any)?;
        let mut operand = None;
        if input.peek(syn::token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            operand = content.call(syn::Ident::parse_any).ok();
            let _: proc_macro2::TokenStream = content.parse()?;
        }
        Ok(Arg { name, operand })
    }
}

fn position(sig: &syn::Signature, name: &syn::Ident) -> Option<usize> {
    sig.inputs.iter().position(|input| match input {
        syn::FnArg::Receiver(_) => name == "self",
        syn::FnArg::Typed(typed) => binds(&typed.pat, name),
    })
}
