//! What the attribute stands on, as far as its arguments are about it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use socklint_analysis::syntax::binds;
use syn::{
    Attribute, FnArg, Ident, Result, Signature, Token, Visibility,
    ext::IdentExt,
    parse::{Parse, ParseStream, discouraged::Speculative},
    token,
};

use super::args::{Arg, Args, Form};

/// The item, whose body is of no interest.
pub(crate) enum Target {
    /// A function or method, with or without a body.
    Function(Box<Signature>),
    /// An `impl` block or an inline module.
    Container,
}

impl Parse for Target {
    fn parse(input: ParseStream<'_>) -> Result<Target> {
        input.call(Attribute::parse_outer)?;
        let _: Visibility = input.parse()?;
        let item = input.span();
        let target = if is_impl(input) || is_inline_module(input) {
            Target::Container
        } else {
            let ahead = input.fork();
            let signature = ahead.parse().map_err(|_| {
                let message = "`socket_lifecycle` stands on a function, a method, an `impl` block \
                               or an inline module";
                syn::Error::new(item, message)
            })?;
            input.advance_to(&ahead);
            Target::Function(signature)
        };
        let _: TokenStream = input.parse()?;
        Ok(target)
    }
}

fn is_impl(input: ParseStream<'_>) -> bool {
    input.peek(Token![impl]) || (input.peek(Token![unsafe]) && input.peek2(Token![impl]))
}

fn is_inline_module(input: ParseStream<'_>) -> bool {
    input.peek(Token![mod]) && input.peek2(Ident::peek_any) && input.peek3(token::Brace)
}

impl Target {
    /// Whether it is a function with a receiver.
    pub(crate) fn is_method(&self) -> bool {
        match self {
            Target::Function(signature) => signature.receiver().is_some(),
            Target::Container => false,
        }
    }

    /// `item`, of which this is the target, with other items that may stand nowhere but in a block or a
    /// module: at the beginning of a function's body, since the function may stand in an `impl`; behind
    /// everything else.
    pub(crate) fn with_items(&self, item: TokenStream, items: TokenStream) -> TokenStream {
        let mut tokens: Vec<TokenTree> = item.into_iter().collect();
        match (self, tokens.last_mut()) {
            (Target::Function(_), Some(TokenTree::Group(body)))
                if body.delimiter() == Delimiter::Brace =>
            {
                let inner = inner_attributes(body.stream());
                let (attributes, rest) = inner;
                let stream = attributes.into_iter().chain(items).chain(rest).collect();
                let mut with = Group::new(Delimiter::Brace, stream);
                with.set_span(body.span());
                *body = with;
                tokens.into_iter().collect()
            }
            (Target::Function(_), _) => tokens.into_iter().collect(),
            (Target::Container, _) => tokens.into_iter().chain(items).collect(),
        }
    }

    /// Checks that what the arguments speak of is there.
    pub(crate) fn check(&self, args: &Args) -> Result<()> {
        args.0.iter().try_for_each(|arg| self.check_one(arg))
    }

    fn check_one(&self, arg: &Arg) -> Result<()> {
        let signature = match (arg.form, self) {
            (Form::LevelOf(_) | Form::Switch, _) => return Ok(()),
            (Form::Contract | Form::ContractOf(_), Target::Function(signature)) => signature,
            (Form::Contract | Form::ContractOf(_), Target::Container) => {
                let message = format!("`{}` is about a function: say it there", arg.name);
                return Err(syn::Error::new(arg.name.span(), message));
            }
        };
        match &arg.operand {
            Some(param) if !has_parameter(signature, param) => {
                let message = format!("`{}` has no parameter `{param}`", signature.ident);
                Err(syn::Error::new(param.span(), message))
            }
            _ => Ok(()),
        }
    }
}

/// The inner attributes that a block begins with, and the rest.
fn inner_attributes(stream: TokenStream) -> (TokenStream, TokenStream) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let is = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    let mut end = 0;
    while is(end, '#') && is(end + 1, '!') {
        end += 3;
    }
    let end = end.min(tokens.len());
    let (attributes, rest) = tokens.split_at(end);
    (
        attributes.iter().cloned().collect(),
        rest.iter().cloned().collect(),
    )
}

fn has_parameter(signature: &Signature, name: &Ident) -> bool {
    signature.inputs.iter().any(|input| match input {
        FnArg::Receiver(_) => name == "self",
        FnArg::Typed(typed) => binds(&typed.pat, name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(args: &str, item: &str) -> std::result::Result<(), String> {
        let args: Args = syn::parse_str(args).expect("the arguments");
        syn::parse_str::<Target>(item)
            .and_then(|target| target.check(&args))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_parameter_may_be_bound_in_every_usual_way() {
        for item in [
            "fn f(s: SOCKET) {}",
            "pub(super) async unsafe extern \"C\" fn f<T>(t: T, mut s: SOCKET) -> T where T: Copy {}",
            "fn f(Socket(s): Socket);",
            "#[inline] const fn f((_, s): (u8, SOCKET)) {}",
        ] {
            assert_eq!(check("opens, closes(s)", item), Ok(()), "{item}");
        }
        assert_eq!(check("takes(self)", "fn f(&mut self) {}"), Ok(()));
    }

    #[test]
    fn a_parameter_that_is_not_there_is_an_error() {
        let missing = Err("`f` has no parameter `s`".to_string());
        assert_eq!(check("closes(s)", "fn f() { let s = 1; }"), missing);
        assert_eq!(check("borrows(s)", "fn f(&self, t: SOCKET) {}"), missing);
    }

    #[test]
    fn contracts_are_for_functions_alone() {
        for item in [
            "impl<T> Socket<T> { fn f() {} }",
            "unsafe impl Send for S {}",
            "pub mod m {}",
        ] {
            assert_eq!(
                check("allow(double_close), no_routing", item),
                Ok(()),
                "{item}"
            );
            assert!(
                check("opens", item).is_err_and(|error| error.contains("function")),
                "{item}"
            );
        }
    }

    #[test]
    fn other_items_are_an_error() {
        for item in [
            "struct S;",
            "mod m;",
            "use a::b;",
            "static S: u8 = 0;",
            "trait T {}",
        ] {
            assert!(
                check("", item).is_err_and(|error| error.contains("stands on")),
                "{item}"
            );
        }
    }
}
