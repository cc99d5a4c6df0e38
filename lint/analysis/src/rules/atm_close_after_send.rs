//! # atm_close_after_send
//!
//! ## What it finds
//!
//! `closesocket`, `WSASendDisconnect`, or `shutdown` with SD_SEND or SD_BOTH, on an
//! ATM socket directly after a send: no receive, wait or sleep stands in between.
//!
//! ## Why
//!
//! O31: each of them sends a RELEASE signal on a channel of its own, and "it is
//! possible that a RELEASE signal could reach the remote end before the last of the
//! data reaches its destination, resulting in a loss of that data."
//!
//! ## Example
//!
//! ```ignore
//! let s = unsafe { socket(AF_ATM as i32, SOCK_STREAM, ATMPROTO_AAL5 as i32) };
//! // ..
//! unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
//! unsafe { closesocket(s) };
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
//! unsafe { recv(s, ack.as_mut_ptr(), ack.len() as i32, 0) };
//! unsafe { closesocket(s) };
//! ```
//!
//! Where the peer does not answer, the reference suggests "a sufficient delay".
//!
//! ## Limits
//!
//! Only a socket that was created with AF_ATM, or accepted from such a one, is
//! known to be an ATM socket. Whether a delay is sufficient is not examined. A
//! close by an owner's drop is not reported.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "atm_close_after_send",
    group: Group::Pedantic,
    summary: "an ATM socket is released directly after a send",
    obligations: &[31],
    reference: "Due to ATM's use of separate signal and data channels, it is possible that a RELEASE signal could reach the remote end before the last of the data reaches its destination, resulting in a loss of that data.",
    cwe: None,
    source: include_str!("atm_close_after_send.rs"),
};

/// `call` sends the RELEASE signal.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("`{call}` on an ATM socket directly after a send may outrun the data"),
        label: "the RELEASE signal may reach the peer before the last data".into(),
        help: "receive the peer's answer first, or wait long enough".into(),
    }
}
