//! # use_after_close
//!
//! ## What it finds
//!
//! A Winsock call on a descriptor that was closed on the same path, and a closed
//! descriptor that is given to an owner.
//!
//! ## Why
//!
//! O8: the descriptor "may immediately be reused by the system as soon as
//! closesocket function is issued". The call may hit another connection of the
//! same process. O9: do not expect it to fail with WSAENOTSOCK.
//!
//! ## Example
//!
//! ```ignore
//! unsafe { closesocket(s) };
//! unsafe { shutdown(s, SD_BOTH) };
//! ```
//!
//! ## Instead
//!
//! Close last. Let an owner hold the descriptor, so that it cannot be named after
//! the close.
//!
//! ## Limits
//!
//! Printing the number or comparing it is not a use. A call by code that is not
//! analysed is not seen.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "use_after_close",
    group: Group::Correctness,
    summary: "a descriptor is used after it was closed",
    obligations: &[8, 9],
    reference: "Note that the socket descriptor passed in the s parameter may immediately be reused by the system as soon as closesocket function is issued.",
    cwe: Some(910),
    source: include_str!("use_after_close.rs"),
};

/// `call`: what uses the closed descriptor.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("`{call}` uses a descriptor that is closed"),
        label: "used after the close; the number may be another socket's by now".into(),
        help: "use the socket before it is closed, or not at all".into(),
    }
}
