//! # clobbered_error
//!
//! ## What it finds
//!
//! `WSAGetLastError` or `io::Error::last_os_error`, meant for a call that failed,
//! is read after a `closesocket` ran in between.
//!
//! ## Why
//!
//! O1: the error code belongs to the last call that failed. `closesocket` sets the
//! thread's last error, too.
//!
//! ## Example
//!
//! ```ignore
//! if unsafe { bind(s, addr, len) } == SOCKET_ERROR {
//!     unsafe { closesocket(s) };
//!     return Err(io::Error::last_os_error());
//! }
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! if unsafe { bind(s, addr, len) } == SOCKET_ERROR {
//!     let error = io::Error::last_os_error();
//!     unsafe { closesocket(s) };
//!     return Err(error);
//! }
//! ```
//!
//! ## Limits
//!
//! Only a call that is known to have failed on the path is considered.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "clobbered_error",
    group: Group::Suspicious,
    summary: "an error is read after a close that may have changed it",
    obligations: &[1],
    reference: "Otherwise, a value of SOCKET_ERROR is returned, and a specific error code can be retrieved by calling WSAGetLastError.",
    cwe: None,
    source: include_str!("clobbered_error.rs"),
};

/// `call` failed, and its error is what is meant.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("the error of `{call}` is read after a close that may have changed it"),
        label: "this may be the error of the close".into(),
        help: "read the error before closing the socket".into(),
    }
}
