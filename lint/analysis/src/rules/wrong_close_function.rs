//! # wrong_close_function
//!
//! ## What it finds
//!
//! `CloseHandle`, `_close` or libc's `close` on a SOCKET; `closesocket` on an
//! event or file handle.
//!
//! ## Why
//!
//! O4: `closesocket` fails with WSAENOTSOCK on what is no socket. `CloseHandle` on
//! a socket bypasses Winsock's bookkeeping and layered providers; the C runtime's
//! `close` takes a small file number that has nothing to do with the socket.
//!
//! ## Example
//!
//! ```ignore
//! unsafe { CloseHandle(s as HANDLE) };
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! unsafe { closesocket(s) };
//! ```
//!
//! ## Limits
//!
//! Only what is known to be a socket or a handle is reported.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "wrong_close_function",
    group: Group::Correctness,
    summary: "a socket is closed with another function than closesocket, or the other way round",
    obligations: &[4],
    reference: "The descriptor is not a socket.",
    cwe: Some(763),
    source: include_str!("wrong_close_function.rs"),
};

/// `what` is the wrong closer, or (`handle`) what is given to closesocket.
pub(crate) fn text(what: &str, handle: bool) -> Text {
    if handle {
        return Text {
            message: format!(
                "`closesocket` is called on {} {what} handle",
                if what.starts_with('e') { "an" } else { "a" }
            ),
            label: "this is no socket".into(),
            help: "close an event with `WSACloseEvent` or `CloseHandle`, a file with `CloseHandle`"
                .into(),
        };
    }
    Text {
        message: format!("`{what}` is called on a socket"),
        label: "a socket is closed with `closesocket` only".into(),
        help: "call `closesocket`".into(),
    }
}
