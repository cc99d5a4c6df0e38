//! # winsock_not_started
//!
//! ## What it finds
//!
//! A Winsock call in a program before any `WSAStartup`, after the last `WSACleanup`
//! of a path, or on the path on which `WSAStartup` failed.
//!
//! ## Why
//!
//! O2: "A successful WSAStartup call must occur before using this function."
//! Otherwise the call fails with WSANOTINITIALISED. This holds for `closesocket` as
//! for nearly every other function of Winsock.
//!
//! ## Example
//!
//! ```ignore
//! fn main() {
//!     let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
//! }
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! fn main() {
//!     let mut data: WSADATA = unsafe { mem::zeroed() };
//!     let code = unsafe { WSAStartup(0x0202, &mut data) };
//!     assert_eq!(code, 0, "WSAStartup fails with {code}");
//!     let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
//! }
//! ```
//!
//! ## Limits
//!
//! Never guessed. A library is not reported for a caller that may have started
//! Winsock, and a program that uses `std::net`, or a library built on it, is not
//! reported at all: these start Winsock by themselves. After a call of code that is
//! not analysed, or a look at a `static`, nothing is said: somebody else may have
//! started Winsock. Of several calls on a path the first is reported.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "winsock_not_started",
    group: Group::Correctness,
    summary: "a Winsock call is made where Winsock is not started",
    obligations: &[2],
    reference: "A successful WSAStartup call must occur before using this function.",
    cwe: Some(908),
    source: include_str!("winsock_not_started.rs"),
};

/// `ended`: after the last WSACleanup, or where WSAStartup failed; otherwise before any WSAStartup.
pub(crate) fn text(call: &str, ended: bool) -> Text {
    if ended {
        return Text {
            message: format!("`{call}` is called where Winsock is not started"),
            label: "no successful WSAStartup is in effect on this path".into(),
            help: "make the call before the last WSACleanup, and not where WSAStartup has failed"
                .into(),
        };
    }
    Text {
        message: format!("`{call}` is called before WSAStartup"),
        label: "nothing has started Winsock yet".into(),
        help: "call `WSAStartup` first, and go on only if it returns 0".into(),
    }
}
