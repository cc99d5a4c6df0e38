//! # wrong_sentinel
//!
//! ## What it finds
//!
//! The result of `socket`, `WSASocket` or `accept` is compared with a value that
//! does not tell INVALID_SOCKET from a socket: 0, `u32::MAX`, a sign test of an
//! unsigned type.
//!
//! ## Why
//!
//! The failure value is INVALID_SOCKET, all bits set. A check against anything
//! else lets the failure pass. O13 asks for a close for each *successful* call only.
//!
//! ## Example
//!
//! ```ignore
//! let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
//! if s == 0 { return Err(io::Error::last_os_error()); }
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! if s == INVALID_SOCKET { return Err(io::Error::last_os_error()); }
//! ```
//!
//! ## Limits
//!
//! `SOCKET_ERROR as SOCKET` and `!0` are INVALID_SOCKET and are right.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "wrong_sentinel",
    group: Group::Suspicious,
    summary: "a descriptor is checked against a value that is not the failure value",
    obligations: &[13],
    reference: "An application should always have a matching call to closesocket for each successful call to socket to return any socket resources to the system.",
    cwe: Some(253),
    source: include_str!("wrong_sentinel.rs"),
};

/// `by` acquired the descriptor.
pub(crate) fn text(by: &str) -> Text {
    Text {
        message: format!("this check of the result of `{by}` does not detect failure"),
        label: "the failure value is INVALID_SOCKET, which this does not tell from a socket".into(),
        help: "compare with INVALID_SOCKET".into(),
    }
}
