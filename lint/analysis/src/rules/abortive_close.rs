//! # abortive_close
//!
//! ## What it finds
//!
//! `closesocket`, or an owner's drop, on a socket with `l_onoff` nonzero and
//! `l_linger` zero after data was sent, with no `shutdown` of sending and no
//! receive after the send.
//!
//! ## Why
//!
//! O21: the close is hard, "because the socket's virtual circuit is reset
//! immediately, and any unsent data is lost". A send that succeeded has only queued
//! the data. `recv` on the peer's side fails with WSAECONNRESET.
//!
//! ## Example
//!
//! ```ignore
//! let hard = LINGER { l_onoff: 1, l_linger: 0 };
//! setsockopt(s, SOL_SOCKET, SO_LINGER, &hard as *const _ as _, 4);
//! send(s, reply.as_ptr(), reply.len() as i32, 0);
//! closesocket(s); // the peer may never see the reply
//! ```
//!
//! ## Instead
//!
//! Leave `l_onoff` zero, which is the default: the data is sent after the close.
//! Or end the connection first:
//!
//! ```ignore
//! shutdown(s, SD_SEND);
//! while recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) > 0 {}
//! closesocket(s);
//! ```
//!
//! ## Limits
//!
//! Any receive after the send counts as the peer's confirmation, and so does a
//! `shutdown` of sending, even though nothing waits for its end. After a call on
//! the socket that failed on the path the reset is taken as meant. Sends in code
//! that is not analysed are not known, and datagram sockets are not reported.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "abortive_close",
    group: Group::Suspicious,
    summary: "a close resets the connection after a send that nothing confirmed",
    obligations: &[21],
    reference: "This is called a hard or abortive close, because the socket's virtual circuit is reset immediately, and any unsent data is lost.",
    cwe: None,
    source: include_str!("abortive_close.rs"),
};

/// `by_owner`: an owner's drop closes it, and the place is where the linger was set.
pub(crate) fn text(by_owner: bool) -> Text {
    if by_owner {
        return Text {
            message: "this linger setting makes the owner's close reset the connection after a send".into(),
            label: "with this setting the close drops what is not sent yet".into(),
            help: "leave the linger off, or shut down sending and receive until the peer closes before the owner is dropped".into(),
        };
    }
    Text {
        message: "this close resets the connection after a send that nothing confirmed".into(),
        label: "what is not sent yet is lost here".into(),
        help: "leave the linger off, or shut down sending and receive until the peer closes before the close".into(),
    }
}
