//! # startup_error_misread
//!
//! ## What it finds
//!
//! The error of a failed `WSAStartup` is read with `WSAGetLastError` or
//! `io::Error::last_os_error`.
//!
//! ## Why
//!
//! O2 asks for a *successful* `WSAStartup`. That function returns its error code and
//! does not report it through the last error: what stands there may belong to an
//! earlier call, or be 0.
//!
//! ## Example
//!
//! ```ignore
//! if unsafe { WSAStartup(0x0202, &mut data) } != 0 {
//!     return Err(io::Error::last_os_error());
//! }
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! let code = unsafe { WSAStartup(0x0202, &mut data) };
//! if code != 0 {
//!     return Err(io::Error::from_raw_os_error(code));
//! }
//! ```
//!
//! ## Limits
//!
//! Only a `WSAStartup` that is known to have failed on the path is considered.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "startup_error_misread",
    group: Group::Suspicious,
    summary: "the error of WSAStartup is read through the last error",
    obligations: &[2],
    reference: "A successful WSAStartup call must occur before using this function.",
    cwe: None,
    source: include_str!("startup_error_misread.rs"),
};

/// The last error is read for a WSAStartup that failed.
pub(crate) fn text() -> Text {
    Text {
        message: "the error of a failed `WSAStartup` is read through the last error".into(),
        label: "`WSAStartup` does not leave its error here".into(),
        help: "use the value that `WSAStartup` returns: `io::Error::from_raw_os_error(code)`"
            .into(),
    }
}
