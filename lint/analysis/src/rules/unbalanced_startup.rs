//! # unbalanced_startup
//!
//! ## What it finds
//!
//! A path on which a `WSAStartup` that succeeded is never matched by `WSACleanup`,
//! in a function that does clean up on another path.
//!
//! ## Why
//!
//! O2 asks for a successful `WSAStartup`. Winsock counts them, and releases what it
//! holds for the process only when `WSACleanup` was called as often.
//!
//! ## Example
//!
//! ```ignore
//! let code = unsafe { WSAStartup(0x0202, &mut data) };
//! if code != 0 {
//!     return Err(io::Error::from_raw_os_error(code));
//! }
//! run()?; // returns without WSACleanup
//! unsafe { WSACleanup() };
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! let result = run();
//! unsafe { WSACleanup() };
//! result?;
//! ```
//!
//! Or let a guard's `Drop` clean up.
//!
//! ## Limits
//!
//! A function that never cleans up, or that does so only where it fails, is taken
//! for an initialiser. A path whose result may own the reference (a guard) is not
//! reported.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unbalanced_startup",
    group: Group::Pedantic,
    summary: "a WSAStartup is not matched by WSACleanup, on some path",
    obligations: &[2],
    reference: "A successful WSAStartup call must occur before using this function.",
    cwe: Some(772),
    source: include_str!("unbalanced_startup.rs"),
};

/// WSAStartup succeeded, and the path ends.
pub(crate) fn text() -> Text {
    Text {
        message: "this `WSAStartup` is not matched by `WSACleanup` on some path".into(),
        label: "this reference to Winsock is never given back".into(),
        help: "call `WSACleanup` on each path, or let a guard's `Drop` do it".into(),
    }
}
