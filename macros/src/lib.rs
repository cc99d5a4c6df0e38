//! The `#[socket_lifecycle]` attribute. Use it through the crate `socket-lifecycle`, which re-exports
//! it.

#[cfg(test)]
mod agreement;
mod args;
mod check;
mod emit;
mod route;
mod runtime;
mod source;
mod target;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use socklint_analysis::rules::Level;

use self::{args::Args, check::Found, emit::Message, source::Source, target::Target};

/// States what a function does with the sockets it is given.
///
/// The attribute goes on a function, a method, an `impl` block or an inline module, and leaves it
/// unchanged: the code inside is neither analysed nor are its calls routed anywhere. What it checks
/// is its own arguments: each is known and written as below, none stands there twice, and a
/// parameter that is named exists.
///
/// On functions and methods only:
///
/// - `opens`: the result is a socket that the caller has to close;
/// - `closes(param)`: the socket passed as `param` is closed;
/// - `borrows(param)`: it is used and stays the caller's to close;
/// - `takes(param)`: it is owned from then on.
///
/// On each of the four:
///
/// - `allow(rule)`, `warn(rule)`, `deny(rule)`: the level of a rule of socklint;
/// - `no_routing`: the Winsock calls inside shall stay as they are written.
///
/// ```ignore
/// #[socket_lifecycle(closes(s))]
/// fn hang_up(s: SOCKET) {
///     unsafe { closesocket(s) };
/// }
/// ```
#[proc_macro_attribute]
pub fn socket_lifecycle(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    expand(args.into(), item.into()).into()
}

/// The item, and beside it what is wrong with it: an editor that sees only the expansion never loses the
/// code.
fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    match checked(&args, item.clone()) {
        Ok(expanded) => expanded,
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#item #error)
        }
    }
}

fn checked(tokens: &TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let args: Args = syn::parse2(tokens.clone())?;
    let target: Target = syn::parse2(item.clone())?;
    target.check(&args)?;
    let source = Source::of(Span::call_site(), tokens, &item, target.is_method());
    let found = check::check(&source);
    let messages = messages(&args, &source, &found);
    let item = match args.routing() {
        true => route::route(item, &found.calls, &source, &runtime::path()),
        false => item,
    };
    let errors: TokenStream = messages.iter().map(Message::error).collect();
    let warnings: TokenStream = messages.iter().map(Message::warning).collect();
    let item = match warnings.is_empty() {
        true => item,
        false => target.with_items(item, warnings),
    };
    Ok(quote!(#item #errors))
}

fn messages(args: &Args, source: &Source, found: &Found) -> Vec<Message> {
    let findings = found.findings.iter().filter_map(|finding| {
        let level = args.level(finding.rule);
        (level != Level::Allow).then(|| Message::of(finding, level, source))
    });
    let notices = found.notices.iter().map(|notice| Message {
        level: Level::Warn,
        name: "unused_suppression",
        text: format!("{}\nhelp: {}", notice.message, notice.help),
        at: source.spans(notice.span.range()),
    });
    findings.chain(notices).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_attribute_changes_nothing() {
        let item = quote!(
            #[inline]
            pub(crate) unsafe extern "system" fn f(s: SOCKET) -> i32 {
                closesocket(s)
            }
        );
        let expanded = expand(quote!(closes(s), no_routing), item.clone());
        assert_eq!(expanded.to_string(), item.to_string());
    }

    #[test]
    fn a_wrong_attribute_adds_one_error_behind_the_item() {
        let item = quote!(
            fn f(s: SOCKET) {}
        );
        let expanded = expand(quote!(close(s)), item.clone()).to_string();
        let error = expanded
            .strip_prefix(&item.to_string())
            .expect("the item comes first");
        assert_eq!(error.matches("compile_error").count(), 1);
    }

    #[test]
    fn an_item_that_does_not_parse_is_kept_too() {
        let item = quote!(fn broken(s SOCKET) { let = ; } mod);
        let expanded = expand(TokenStream::new(), item.clone()).to_string();
        assert!(expanded.starts_with(&item.to_string()));
    }
}
