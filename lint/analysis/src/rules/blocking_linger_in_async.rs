//! # blocking_linger_in_async
//!
//! ## What it finds
//!
//! `closesocket`, or an owner's drop, in async code on a blocking socket that has
//! `l_onoff` and `l_linger` nonzero.
//!
//! ## Why
//!
//! O22: such a close "blocks until the remaining data has been sent or until the
//! timeout expires". It blocks the executor's thread, and every other task on it,
//! for that time.
//!
//! ## Example
//!
//! ```ignore
//! async fn finish(s: SOCKET) {
//!     let mut mode = 0;
//!     ioctlsocket(s, FIONBIO, &mut mode); // blocking
//!     let linger = LINGER { l_onoff: 1, l_linger: 30 };
//!     setsockopt(s, SOL_SOCKET, SO_LINGER, &linger as *const _ as _, 4);
//!     closesocket(s); // up to 30 seconds
//! }
//! ```
//!
//! ## Instead
//!
//! Leave `l_onoff` zero: the close returns at once and the data is sent in the
//! background. Or close where blocking is allowed:
//!
//! ```ignore
//! tokio::task::spawn_blocking(move || unsafe { closesocket(s) }).await
//! ```
//!
//! ## Limits
//!
//! On a socket whose mode or linger option is not known nothing is said. A
//! nonblocking one is `nonblocking_linger`.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "blocking_linger_in_async",
    group: Group::Suspicious,
    summary: "a close in async code blocks for up to the linger timeout",
    obligations: &[22],
    reference: "If the l_onoff member of the linger structure is set to nonzero and l_linger member is set to a nonzero timeout on a blocking socket, the closesocket call blocks until the remaining data has been sent or until the timeout expires.",
    cwe: None,
    source: include_str!("blocking_linger_in_async.rs"),
};

/// `by_owner`: an owner's drop closes it, and the place is where the linger was set.
pub(crate) fn text(by_owner: bool) -> Text {
    let (message, label) = if by_owner {
        (
            "this linger timeout makes the owner's close block the executor's thread",
            "with this setting the close waits until the data is sent or the timeout expires",
        )
    } else {
        (
            "this close blocks the executor's thread for up to the linger timeout",
            "waits until the data is sent or the timeout expires",
        )
    };
    Text {
        message: message.into(),
        label: label.into(),
        help: "turn the linger timeout off, or close on a thread that may block (`spawn_blocking`)"
            .into(),
    }
}
