//! The `#[socket_lifecycle]` attribute. Use it through the crate `socket-lifecycle`, which re-exports
//! it.
//!
//! An expansion goes through `args` (what stands in the parentheses), `target` (what it stands on), `source`
//! (the item's text, and which token each stretch of it is), `check` (the analysis, once per crate and process),
//! `emit` (errors and warnings at tokens) and `route` (the calls).

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

/// Follows every socket of an item along every path, states what a function does with the sockets it is
/// given, and has its Winsock calls tracked.
///
/// It goes on a function, a method, an `impl` block or an inline module, with other attributes above and
/// below, and leaves the item in place whatever is wrong.
///
/// # Analysis
///
/// What `cargo socklint` would find in the item is an error, a warning or nothing, as the rule's level is: at
/// the tokens, with the path that leads there. It is the same analysis, of the crate around the item; its
/// dependencies are not read. Comments of the form `// socklint: allow(rule) -- reason` apply.
///
/// # Arguments
///
/// On functions and methods, also those of traits and of `extern` blocks:
///
/// - `opens`: the result is a socket that the caller has to close;
/// - `closes(param)`: the socket passed as `param` is closed when the function returns, on every path;
/// - `borrows(param)`: it is used and stays the caller's to close;
/// - `takes(param)`: it is owned by somebody else from then on.
///
/// Callers rely on them, in the same crate and, for the command, in every crate that it reads; a body that does
/// otherwise is a finding of `broken_contract`.
///
/// On everything:
///
/// - `allow(rule)`, `warn(rule)`, `deny(rule)`: the level of a rule or a group, with a reason if there is
///   one: `allow(unclosed_socket, reason = "the process ends with it")`. An `allow` that suppresses nothing
///   is told.
/// - `no_routing`: the Winsock calls inside stay as they are written.
///
/// # Routing
///
/// A call of a Winsock function, of windows-sys, windows, winapi, libc or an `extern` block of one's own and
/// under whatever name, is noted by the runtime's tracking: where each socket was opened and closed, a second
/// close, a close during another thread's call. The call itself stays what it was, and in builds that do not track nothing
/// else is left. Off Windows, windows-sys' functions go to the runtime's model, so that the code can be run there. A
/// call among the arguments of a macro, other than std's that take expressions, is not routed.
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
