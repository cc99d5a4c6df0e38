//! # concurrent_close
//!
//! ## What it finds
//!
//! `closesocket` while another thread may be in a Winsock call on the same
//! descriptor: the code that started the thread closes, or the thread does. No
//! join and no other synchronisation stands in between.
//!
//! ## Why
//!
//! O10: "A Winsock client must never issue closesocket on s concurrently with
//! another Winsock function call." O8: the number may be reused at once, so the
//! other thread's next call may hit another connection.
//!
//! ## Example
//!
//! ```ignore
//! let reader = thread::spawn(move || {
//!     let mut buf = [0u8; 512];
//!     while unsafe { recv(s, buf.as_mut_ptr(), 512, 0) } > 0 {}
//! });
//! unsafe { closesocket(s) }; // to make `recv` return
//! reader.join().unwrap();
//! ```
//!
//! ## Instead
//!
//! Let the other thread end first, then close:
//!
//! ```ignore
//! unsafe { shutdown(s, SD_SEND) }; // the peer closes, and `recv` returns 0
//! reader.join().unwrap();
//! unsafe { closesocket(s) };
//! ```
//!
//! Where the peer may stay silent, give the socket a receive timeout
//! (`SO_RCVTIMEO`) and let the thread look at a flag.
//!
//! ## Limits
//!
//! Only a thread whose start and body are analysed is known; an async task is not
//! taken for one. Ordered before the close is what a thread does before it lets
//! others know (a message, a flag, a lock), if this thread may have waited for that;
//! what it does afterwards is not. A close in a thread that has waited for another is
//! taken as ordered, and so is one by the last of counted references. A thread's calls
//! meet the other methods of its type only where none of those joins. Whether the flag or channel is the same is not
//! examined, and a handle that goes to code that is not analysed counts as joined.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "concurrent_close",
    group: Group::Correctness,
    summary: "a socket is closed while another thread may use it",
    obligations: &[8, 10],
    reference: "A Winsock client must never issue closesocket on s concurrently with another Winsock function call.",
    cwe: Some(362),
    source: include_str!("concurrent_close.rs"),
};

/// `call`: what the other side may be in. `in_thread`: the started thread closes, and its starter calls.
pub(crate) fn text(call: &str, in_thread: bool) -> Text {
    let (message, label, help) = if in_thread {
        (
            format!("this thread closes the socket while its starter may be in `{call}` on it"),
            "the code that started the thread may still use the socket",
            "close the socket in one place: after the `join`, or after the starter's last call",
        )
    } else {
        (
            format!("the socket is closed while another thread may be in `{call}` on it"),
            "the other thread may still use the socket",
            "let the other thread end and `join` it before the socket is closed",
        )
    };
    Text {
        message,
        label: label.into(),
        help: help.into(),
    }
}
