//! # close_without_shutdown
//!
//! ## What it finds
//!
//! `closesocket` on a socket after a send, without `shutdown` of sending in between.
//!
//! ## Why
//!
//! O27: "To assure that all data is sent and received on a connection, an
//! application should call shutdown before calling closesocket". Without it the
//! data is still sent after the close, if possible (O20), but nothing tells whether
//! it arrived. O30: on IrDA closesocket itself waits for the receive queues, so nothing
//! is said of such sockets.
//!
//! ## Example
//!
//! ```ignore
//! unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
//! unsafe { closesocket(s) };
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
//! unsafe { shutdown(s, SD_SEND) };
//! while unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) } > 0 {}
//! unsafe { closesocket(s) };
//! ```
//!
//! ## Limits
//!
//! Sends in code that is not analysed are not known. After a call on the socket
//! that failed on the path nothing is said, nor of datagram sockets, IrDA sockets
//! (O30: the receiver gets the data before the close), ATM sockets
//! (`atm_close_after_send`), a hard close (`abortive_close`) and a close by an
//! owner's drop.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "close_without_shutdown",
    group: Group::Pedantic,
    summary: "a socket is closed after a send without shutdown",
    obligations: &[27, 30],
    reference: "To assure that all data is sent and received on a connection, an application should call shutdown before calling closesocket",
    cwe: None,
    source: include_str!("close_without_shutdown.rs"),
};

/// Data was sent, and sending was not shut down.
pub(crate) fn text() -> Text {
    Text {
        message: "this socket is closed after a send without `shutdown`".into(),
        label: "whether the data arrives is not known after this close".into(),
        help: "call `shutdown(s, SD_SEND)` and receive until the peer closes, then close".into(),
    }
}
