//! # atm_half_close
//!
//! ## What it finds
//!
//! A call that ends one direction only of an ATM socket: `shutdown` with SD_SEND or
//! SD_RECEIVE, `WSASendDisconnect`, `WSARecvDisconnect`.
//!
//! ## Why
//!
//! O32: "Half close is not supported by ATM." O31: SD_SEND sends a RELEASE signal,
//! which ends the connection as a whole.
//!
//! ## Example
//!
//! ```ignore
//! let s = unsafe { socket(AF_ATM as i32, SOCK_STREAM, ATMPROTO_AAL5 as i32) };
//! // ..
//! unsafe { shutdown(s, SD_SEND) };
//! unsafe { recv(s, buf.as_mut_ptr(), 512, 0) }; // the answer may be lost
//! ```
//!
//! ## Instead
//!
//! Say in the data where it ends, receive the answer, then close the whole socket.
//!
//! ## Limits
//!
//! Only a socket that was created with AF_ATM, or accepted from such a one, is
//! known to be an ATM socket. For a direction that is not known nothing is said.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "atm_half_close",
    group: Group::Suspicious,
    summary: "one direction of an ATM socket is shut down",
    obligations: &[31, 32],
    reference: "Half close is not supported by ATM.",
    cwe: None,
    source: include_str!("atm_half_close.rs"),
};

/// `call` ends one direction.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!(
            "`{call}` ends one direction of an ATM socket, which ATM does not support"
        ),
        label: "this cannot end one direction alone".into(),
        help: "say in the data where it ends, and close the socket when the answer is there".into(),
    }
}
