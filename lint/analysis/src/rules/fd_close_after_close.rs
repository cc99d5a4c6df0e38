//! # fd_close_after_close
//!
//! ## What it finds
//!
//! A wait for FD_CLOSE, on the event of `WSAEventSelect` or by the message of
//! `WSAAsyncSelect`, after `closesocket` on the socket that was to post it.
//!
//! ## Why
//!
//! O28: "an FD_CLOSE network event is not posted after closesocket is called."
//! The wait ends by its timeout only, or never.
//!
//! ## Example
//!
//! ```ignore
//! let event = WSACreateEvent();
//! WSAEventSelect(s, event, FD_CLOSE as i32);
//! closesocket(s);
//! WSAWaitForMultipleEvents(1, &event, FALSE, WSA_INFINITE, FALSE);
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! let event = WSACreateEvent();
//! WSAEventSelect(s, event, FD_CLOSE as i32);
//! shutdown(s, SD_SEND);
//! WSAWaitForMultipleEvents(1, &event, FALSE, WSA_INFINITE, FALSE);
//! closesocket(s);
//! ```
//!
//! ## Limits
//!
//! Only a selection whose mask is known to hold FD_CLOSE is followed. A message
//! loop is reported only where it compares the event with FD_CLOSE. Code that is
//! not analysed may signal the event as well, which is not examined.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "fd_close_after_close",
    group: Group::Suspicious,
    summary: "a wait for FD_CLOSE stands after the close",
    obligations: &[28],
    reference: "Also note, an FD_CLOSE network event is not posted after closesocket is called.",
    cwe: None,
    source: include_str!("fd_close_after_close.rs"),
};

/// `call` waits.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("`{call}` waits for FD_CLOSE of a socket that is closed already"),
        label: "FD_CLOSE is not posted after `closesocket`".into(),
        help: "wait for FD_CLOSE first, then close the socket".into(),
    }
}
