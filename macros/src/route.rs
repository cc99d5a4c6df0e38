//! Winsock calls go through the runtime.
//!
//! The analysis says which paths of the item lead to a Winsock function. Each such call becomes
//! `socket_lifecycle::__route!(..)`, a macro of the runtime's that does what the system and the build ask
//! for; the path and the arguments stay as they were written, and so do all types.
//!
//! A call that stands among the arguments of a macro is left alone, unless that is one of std's that takes
//! expressions: nobody knows what else a macro accepts.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use socklint_analysis::{Role, WinsockCall};
use syn::{Expr, Token, parse::Parser, punctuated::Punctuated};

use super::source::Source;

/// Macros whose arguments are expressions, and may be other ones.
const TRANSPARENT: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprintln",
    "format",
    "matches",
    "panic",
    "print",
    "println",
    "vec",
    "write",
    "writeln",
];

/// Functions of windows-sys that the runtime has under the same name, for systems on which windows-sys has
/// nothing behind them.
const MODELLED: &[&str] = &[
    "WSAAccept",
    "WSAConnect",
    "WSAIoctl",
    "WSARecv",
    "WSARecvFrom",
    "WSASend",
    "WSASendTo",
    "WSASocketA",
    "WSASocketW",
    "accept",
    "bind",
    "closesocket",
    "connect",
    "getpeername",
    "getsockname",
    "getsockopt",
    "ioctlsocket",
    "listen",
    "recv",
    "recvfrom",
    "send",
    "sendto",
    "setsockopt",
    "shutdown",
    "socket",
];

/// Methods that return at once and change nothing.
const PLAIN_METHODS: &[&str] = &[
    "as_bytes",
    "as_mut",
    "as_mut_ptr",
    "as_mut_slice",
    "as_ptr",
    "as_raw_socket",
    "as_ref",
    "as_slice",
    "cast",
    "cast_const",
    "cast_mut",
    "is_null",
    "len",
];

/// The item with its calls routed; `runtime` is the path of the runtime's crate.
pub(crate) fn route(
    item: TokenStream,
    calls: &[WinsockCall],
    source: &Source,
    runtime: &TokenStream,
) -> TokenStream {
    if calls.is_empty() {
        return item;
    }
    let mut router = Router {
        calls,
        source,
        runtime,
        next: 0,
    };
    router.stream(item)
}

struct Router<'a> {
    calls: &'a [WinsockCall],
    source: &'a Source,
    runtime: &'a TokenStream,
    /// The number of the next token, as [`Source`] counts them.
    next: usize,
}

impl<'a> Router<'a> {
    fn stream(&mut self, stream: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut routed = TokenStream::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some((call, end)) = self.call_at(&tokens, at)
                && let Some(TokenTree::Group(args)) = tokens.get(end)
                && args.delimiter() == Delimiter::Parenthesis
            {
                let path = &tokens[at..end];
                self.next += path.len() + 1;
                let inner = self.stream(args.stream());
                self.next += 1;
                match self.routed(call, path, inner.clone()) {
                    Some(call) => call.to_tokens(&mut routed),
                    None => {
                        routed.extend(path.iter().cloned());
                        regrouped(args, inner).to_tokens(&mut routed);
                    }
                }
                at = end + 1;
                continue;
            }
            match &tokens[at] {
                TokenTree::Group(group) => {
                    let counted = usize::from(group.delimiter() != Delimiter::None);
                    self.next += counted;
                    let opaque = is_macro_input(&tokens, at);
                    let inner = match opaque {
                        true => {
                            self.next += count(group.stream());
                            group.stream()
                        }
                        false => self.stream(group.stream()),
                    };
                    self.next += counted;
                    regrouped(group, inner).to_tokens(&mut routed);
                }
                token => {
                    self.next += 1;
                    token.to_tokens(&mut routed);
                }
            }
            at += 1;
        }
        routed
    }

    /// The call whose path begins with a token, and the token behind the path.
    fn call_at(&self, tokens: &[TokenTree], at: usize) -> Option<(&'a WinsockCall, usize)> {
        let start = self.source.token(self.next)?.start;
        let call = self
            .calls
            .iter()
            .find(|call| call.path.lo as usize == start)?;
        let mut end = at;
        loop {
            // A path with a group in it, `f::<[u8; 4]>`, is none of Winsock's.
            if matches!(tokens.get(end)?, TokenTree::Group(_)) {
                return None;
            }
            let range = self.source.token(self.next + end - at)?;
            end += 1;
            if range.end == call.path.hi as usize {
                return Some((call, end));
            }
            if range.end > call.path.hi as usize {
                return None;
            }
        }
    }

    fn routed(
        &self,
        call: &WinsockCall,
        path: &[TokenTree],
        args: TokenStream,
    ) -> Option<TokenStream> {
        let args = Punctuated::<Expr, Token![,]>::parse_terminated
            .parse2(args)
            .ok()?;
        let args: Vec<Expr> = args.into_iter().collect();
        let role = match call.role {
            Role::Opens => "opens",
            Role::Accepts => "accepts",
            Role::Uses => "uses",
            Role::Closes => "closes",
        };
        let given = usize::from(call.role != Role::Opens);
        if args.len() < given || (call.role == Role::Closes && args.len() != 1) {
            return None;
        }
        let first = evaluated_first(&args, given);
        let span = path.first()?.span();
        let names: Vec<Ident> = (0..first)
            .map(|number| Ident::new(&format!("argument{number}"), Span::mixed_site()))
            .collect();
        let values = &args[..first];
        let rest = &args[first..];
        let binding = match call.of_windows_sys && MODELLED.contains(&call.name) {
            true => "windows_sys",
            false => "other",
        };
        let [role, binding, name] =
            [role, binding, call.name].map(|word| Ident::new(word, Span::call_site()));
        let path: TokenStream = path.iter().cloned().collect();
        // The call stands where its path does, also for `Location::caller`, which goes out of all expansions.
        let respanned = self.runtime.clone().into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        let runtime: TokenStream = respanned.collect();
        Some(quote_spanned! {span=>
            #runtime :: __route! (
                #role #binding #name #path, [#(#names = #values),*] (#(#names,)* #(#rest),*)
            )
        })
    }
}

/// How many arguments are evaluated before the call counts as begun: the descriptor, and all up to the last
/// that may take its time or change something. But an argument that takes its type from the parameter
/// (`Some(&mut n)`) has to stay where it is, and then so have all others.
fn evaluated_first(args: &[Expr], given: usize) -> usize {
    let last = args.iter().rposition(|arg| !is_plain(arg));
    match last {
        Some(last) if last >= given && !args[given..=last].iter().any(needs_its_parameter) => {
            last + 1
        }
        _ => given,
    }
}

/// Whether an expression is evaluated at once and changes nothing.
fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Path(_) | Expr::Closure(_) => true,
        Expr::Reference(expr) => is_plain(&expr.expr),
        Expr::RawAddr(expr) => is_plain(&expr.expr),
        Expr::Cast(expr) => is_plain(&expr.expr),
        Expr::Paren(expr) => is_plain(&expr.expr),
        Expr::Group(expr) => is_plain(&expr.expr),
        Expr::Unary(expr) => is_plain(&expr.expr),
        Expr::Field(expr) => is_plain(&expr.base),
        Expr::Index(expr) => is_plain(&expr.expr) && is_plain(&expr.index),
        Expr::Binary(expr) => is_plain(&expr.left) && is_plain(&expr.right),
        Expr::Array(expr) => expr.elems.iter().all(is_plain),
        Expr::Tuple(expr) => expr.elems.iter().all(is_plain),
        Expr::Struct(expr) => expr.fields.iter().all(|field| is_plain(&field.expr)),
        // `null_mut()`, `size_of::<T>()`, `Some(x)`.
        Expr::Call(expr) => {
            matches!(&*expr.func, Expr::Path(_))
                && (expr.args.is_empty() || is_constructor(&expr.func))
                && expr.args.iter().all(is_plain)
        }
        Expr::MethodCall(expr) => {
            PLAIN_METHODS.iter().any(|name| expr.method == name)
                && is_plain(&expr.receiver)
                && expr.args.iter().all(is_plain)
        }
        Expr::Macro(expr) => {
            let last = expr.mac.path.segments.last();
            last.is_some_and(|last| last.ident == "addr_of" || last.ident == "addr_of_mut")
        }
        _ => false,
    }
}

fn is_constructor(func: &Expr) -> bool {
    let Expr::Path(path) = func else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

/// Whether the type of an expression, or a coercion in it, comes from the parameter it is passed for.
fn needs_its_parameter(expr: &Expr) -> bool {
    match expr {
        Expr::Closure(_) | Expr::Array(_) | Expr::Struct(_) | Expr::Tuple(_) => true,
        Expr::Call(expr) => is_constructor(&expr.func),
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Paren(expr) => needs_its_parameter(&expr.expr),
        Expr::Group(expr) => needs_its_parameter(&expr.expr),
        Expr::Reference(expr) => needs_its_parameter(&expr.expr),
        _ => false,
    }
}

fn regrouped(group: &Group, stream: TokenStream) -> TokenTree {
    let mut with = Group::new(group.delimiter(), stream);
    with.set_span(group.span());
    TokenTree::Group(with)
}

/// How many tokens there are, as [`Source`] counts them.
fn count(stream: TokenStream) -> usize {
    let one = |token| match token {
        TokenTree::Group(group) => {
            let own = if group.delimiter() == Delimiter::None {
                0
            } else {
                2
            };
            own + count(group.stream())
        }
        _ => 1,
    };
    stream.into_iter().map(one).sum()
}

/// Whether the group at `at` is what a macro is given that nothing is known of.
fn is_macro_input(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|at| &tokens[at]);
    // `name!(..)`, or `macro_rules! name { .. }`.
    let (bang, name) = match (before(1), before(2), before(3)) {
        (Some(TokenTree::Ident(_)), Some(bang), Some(name)) => (bang, Some(name)),
        (Some(bang), name, _) => (bang, name),
        _ => return false,
    };
    let (TokenTree::Punct(bang), Some(TokenTree::Ident(name))) = (bang, name) else {
        return false;
    };
    // `return !(x)` negates.
    const KEYWORDS: [&str; 7] = ["return", "break", "if", "while", "match", "in", "else"];
    let name = name.to_string();
    bang.as_char() == '!'
        && !KEYWORDS.contains(&name.as_str())
        && !TRANSPARENT.contains(&name.as_str())
}
