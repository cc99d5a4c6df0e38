//! # close_result_as_delivery
//!
//! ## What it finds
//!
//! The result of `closesocket`, on a blocking socket with a linger timeout and after
//! a send that nothing confirmed, is taken as proof that the data was delivered: a
//! function that speaks of delivery answers `true` or `false`, or with one variant of
//! an enum or another, by whether the close succeeded, or the success of the close goes
//! to something whose name says so (`delivered`, `acknowledged`, a resend queue).
//!
//! ## Why
//!
//! O24: "the result of the closesocket function can't be used to determine whether
//! all data has been sent to the peer." It returns 0 also if the connection was
//! aborted.
//!
//! ## Example
//!
//! ```ignore
//! /// Whether the peer has it all.
//! fn finish(s: SOCKET) -> bool {
//!     let mut mode = 0;
//!     ioctlsocket(s, FIONBIO, &mut mode); // blocking
//!     let linger = LINGER { l_onoff: 1, l_linger: 5 };
//!     setsockopt(s, SOL_SOCKET, SO_LINGER, &linger as *const _ as _, 4);
//!     send(s, LAST.as_ptr(), LAST.len() as i32, 0);
//!     closesocket(s) == 0
//! }
//! ```
//!
//! ## Instead
//!
//! Let the peer confirm, then close:
//!
//! ```ignore
//! shutdown(s, SD_SEND);
//! let mut n = 1;
//! while n > 0 {
//!     n = recv(s, buf.as_mut_ptr(), buf.len() as i32, 0);
//! }
//! closesocket(s);
//! n == 0 // the peer has ended its side, too
//! ```
//!
//! ## Limits
//!
//! To pass a failed close on as `Err` is no claim of delivery. On a socket whose
//! mode or linger option is not known nothing is said; neither is it after a
//! `shutdown` of sending or a receive.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "close_result_as_delivery",
    group: Group::Suspicious,
    summary: "the result of a lingering close is taken as proof of delivery",
    obligations: &[24],
    reference: "If the l_onoff member of the linger structure is nonzero and the l_linger member is a nonzero timeout interval on a blocking socket, the result of the closesocket function can't be used to determine whether all data has been sent to the peer.",
    cwe: None,
    source: include_str!("close_result_as_delivery.rs"),
};

/// Something is concluded from the result of the close.
pub(crate) fn text() -> Text {
    Text {
        message: "the result of this close is taken as proof that the data was delivered".into(),
        label: "this returns 0 also if the connection was aborted".into(),
        help: "shut down sending and receive until the peer closes: that confirms delivery; then close"
            .into(),
    }
}
