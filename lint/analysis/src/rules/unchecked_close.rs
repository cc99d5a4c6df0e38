//! # unchecked_close
//!
//! ## What it finds
//!
//! A `closesocket` whose result is discarded, or put into a variable that is never
//! read.
//!
//! ## Why
//!
//! O1: it returns 0, or SOCKET_ERROR with the code in `WSAGetLastError`. A failure
//! tells of a descriptor that is not a socket (WSAENOTSOCK), or of a socket that is
//! still open (WSAEWOULDBLOCK).
//!
//! ## Example
//!
//! ```ignore
//! unsafe { closesocket(s) };
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! if unsafe { closesocket(s) } == SOCKET_ERROR {
//!     return Err(io::Error::last_os_error());
//! }
//! ```
//!
//! In a `Drop`, which cannot fail, `debug_assert_eq!` the result with 0.
//!
//! ## Limits
//!
//! A result that is returned or passed on counts as looked at. A close by an owner's
//! drop has no result.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unchecked_close",
    group: Group::Pedantic,
    summary: "the result of closesocket is not looked at",
    obligations: &[1],
    reference: "Otherwise, a value of SOCKET_ERROR is returned, and a specific error code can be retrieved by calling WSAGetLastError.",
    cwe: Some(252),
    source: include_str!("unchecked_close.rs"),
};

/// The result is discarded.
pub(crate) fn text() -> Text {
    Text {
        message: "the result of `closesocket` is not looked at".into(),
        label: "a failure of this close goes unnoticed".into(),
        help: "compare the result with SOCKET_ERROR".into(),
    }
}
