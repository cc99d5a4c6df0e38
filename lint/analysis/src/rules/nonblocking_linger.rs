//! # nonblocking_linger
//!
//! ## What it finds
//!
//! `closesocket`, or an owner's drop, on a socket that is nonblocking (FIONBIO,
//! `WSAAsyncSelect`, `WSAEventSelect`, `set_nonblocking(true)`) and has
//! `l_onoff` and `l_linger` nonzero, where the close is not repeated when it fails
//! with WSAEWOULDBLOCK.
//!
//! ## Why
//!
//! O7, O23: such a close fails with WSAEWOULDBLOCK if it cannot be completed at
//! once; the handle is still valid and no disconnect is initiated.
//!
//! ## Example
//!
//! ```ignore
//! ioctlsocket(s, FIONBIO, &mut 1);
//! setsockopt(s, SOL_SOCKET, SO_LINGER, &LINGER { l_onoff: 1, l_linger: 5 } as *const _ as _, 4);
//! closesocket(s); // may leave the socket open
//! ```
//!
//! ## Instead
//!
//! Keep one of the two: no linger timeout, or a blocking socket; or call
//! `closesocket` again until it succeeds.
//!
//! ## Limits
//!
//! On a socket whose mode is not known (a parameter) nothing is said.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "nonblocking_linger",
    group: Group::Correctness,
    summary: "a nonblocking socket with a linger timeout is closed",
    obligations: &[7, 23],
    reference: "Setting the l_onoff member of the linger structure to nonzero and the l_linger member with a nonzero timeout interval on a nonblocking socket is not recommended. In this case, the call to closesocket will fail with an error of WSAEWOULDBLOCK if the close operation cannot be completed immediately.",
    cwe: None,
    source: include_str!("nonblocking_linger.rs"),
};

/// `by_owner`: an owner's drop closes it, and ignores the failure.
pub(crate) fn text(by_owner: bool) -> Text {
    Text {
        message: "a nonblocking socket with a linger timeout is closed; the close may fail with WSAEWOULDBLOCK".into(),
        label: if by_owner {
            "with this setting the owner's close may fail, and the socket stays open".into()
        } else {
            "this close may fail and leave the socket open".into()
        },
        help: "turn the linger timeout off or make the socket blocking first, or repeat the close until it succeeds"
            .into(),
    }
}
