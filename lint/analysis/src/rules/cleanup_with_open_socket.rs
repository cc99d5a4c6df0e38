//! # cleanup_with_open_socket
//!
//! ## What it finds
//!
//! The last `WSACleanup` of a path while a socket that was opened on the path is
//! still open.
//!
//! ## Why
//!
//! O13: a matching `closesocket` for each successful `socket`. O2: after the last
//! `WSACleanup` it fails with WSANOTINITIALISED. `WSACleanup` resets the sockets
//! that are open, so data that is still queued may be lost, and cancels their
//! overlapped operations without signalling an event or calling a completion
//! routine.
//!
//! ## Example
//!
//! ```ignore
//! unsafe { send(s, bye.as_ptr(), bye.len() as i32, 0) };
//! unsafe { WSACleanup() };
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! unsafe { send(s, bye.as_ptr(), bye.len() as i32, 0) };
//! unsafe { shutdown(s, SD_SEND) };
//! unsafe { closesocket(s) };
//! unsafe { WSACleanup() };
//! ```
//!
//! An owner in the same scope must be dropped before, too: a guard that calls
//! `WSACleanup` is declared before the sockets.
//!
//! ## Limits
//!
//! A `WSACleanup` is the last one if it gives back the last reference that the path
//! took itself; in a function that only analysed code calls, those calls decide. A
//! socket that was handed on or that another thread closes is not reported, and
//! neither is a program that uses `std::net` or a library built on it: these hold a
//! reference of their own.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "cleanup_with_open_socket",
    group: Group::Suspicious,
    summary: "WSACleanup is called while a socket is open",
    obligations: &[2, 13],
    reference: "An application should always have a matching call to closesocket for each successful call to socket to return any socket resources to the system.",
    cwe: Some(404),
    source: include_str!("cleanup_with_open_socket.rs"),
};

/// `by`: the call that acquired the socket.
pub(crate) fn text(by: &str) -> Text {
    Text {
        message: format!("the socket from `{by}` is still open at the last `WSACleanup`"),
        label: "this resets the open socket".into(),
        help: "close the socket before `WSACleanup`".into(),
    }
}
