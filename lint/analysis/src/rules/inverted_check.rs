//! # inverted_check
//!
//! ## What it finds
//!
//! A branch on the result of a Winsock call whose *success* side does nothing but
//! fail, while its failure side goes on.
//!
//! ## Why
//!
//! O1: 0 is success; failure is SOCKET_ERROR (for functions that return BOOL it is
//! the other way round).
//!
//! ## Example
//!
//! ```ignore
//! if unsafe { closesocket(s) } == 0 {
//!     return Err(io::Error::last_os_error());
//! }
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
//! ## Limits
//!
//! Only a success side that leads straight to an `Err`, without another branch, is
//! reported.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "inverted_check",
    group: Group::Suspicious,
    summary: "a call's success is handled as its failure",
    obligations: &[1],
    reference: "If no error occurs, closesocket returns zero. Otherwise, a value of SOCKET_ERROR is returned",
    cwe: Some(253),
    source: include_str!("inverted_check.rs"),
};

/// `call` is the function whose result is misread.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("the success of `{call}` is handled as a failure"),
        label: "here the call has succeeded".into(),
        help: "turn the check around: 0 is success, SOCKET_ERROR is failure".into(),
    }
}
