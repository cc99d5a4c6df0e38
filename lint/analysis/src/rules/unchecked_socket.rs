//! # unchecked_socket
//!
//! ## What it finds
//!
//! The result of `socket`, `WSASocket` or `accept` is used in a Winsock call with
//! no check against INVALID_SOCKET.
//!
//! ## Why
//!
//! O13 speaks of each *successful* call. Where the call failed, what follows works
//! on INVALID_SOCKET, and reports WSAENOTSOCK in place of the real error.
//!
//! ## Example
//!
//! ```ignore
//! let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
//! unsafe { bind(s, addr, len) };
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
//! if s == INVALID_SOCKET {
//!     return Err(io::Error::last_os_error());
//! }
//! ```
//!
//! ## Limits
//!
//! A check in code that is not analysed counts as a check.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unchecked_socket",
    group: Group::Suspicious,
    summary: "a descriptor is used without a check for failure",
    obligations: &[13],
    reference: "An application should always have a matching call to closesocket for each successful call to socket to return any socket resources to the system.",
    cwe: Some(252),
    source: include_str!("unchecked_socket.rs"),
};

/// `by` acquired the descriptor, `call` uses it.
pub(crate) fn text(by: &str, call: &str) -> Text {
    Text {
        message: format!(
            "the result of `{by}` is used by `{call}` without a check for INVALID_SOCKET"
        ),
        label: "may be INVALID_SOCKET here".into(),
        help: format!("compare the result of `{by}` with INVALID_SOCKET first"),
    }
}
