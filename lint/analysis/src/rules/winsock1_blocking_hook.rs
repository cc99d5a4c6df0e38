//! # winsock1_blocking_hook
//!
//! ## What it finds
//!
//! A call of `WSASetBlockingHook`, `WSAUnhookBlockingHook`, `WSAIsBlocking` or
//! `WSACancelBlockingCall`.
//!
//! ## Why
//!
//! These belong to Winsock 1.1; Windows Sockets 2 has removed them. O5: while a
//! blocking 1.1 call is in progress, `closesocket` fails with WSAEINPROGRESS. O6: a
//! 1.1 call that `WSACancelBlockingCall` cancels fails with WSAEINTR. The socket is
//! not closed in either case.
//!
//! ## Example
//!
//! ```ignore
//! unsafe { WSASetBlockingHook(Some(pump_messages)) };
//! // .. and in `pump_messages`:
//! unsafe { WSACancelBlockingCall() };
//! ```
//!
//! ## Instead
//!
//! A thread of its own for the blocking call, a nonblocking socket with
//! `WSAEventSelect`, or an overlapped operation that `CancelIoEx` cancels.
//!
//! ## Limits
//!
//! Every such call is reported, whichever version the program asks `WSAStartup`
//! for.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "winsock1_blocking_hook",
    group: Group::Suspicious,
    summary: "a blocking hook of Winsock 1.1 is used",
    obligations: &[5, 6],
    reference: "A blocking Windows Sockets 1.1 call is in progress, or the service provider is still processing a callback function.",
    cwe: Some(477),
    source: include_str!("winsock1_blocking_hook.rs"),
};

/// `call` is one of the four.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("`{call}` belongs to the blocking hooks of Winsock 1.1"),
        label: "Windows Sockets 2 has removed it".into(),
        help: "use a thread of its own, a nonblocking socket, or an overlapped operation and `CancelIoEx`"
            .into(),
    }
}
