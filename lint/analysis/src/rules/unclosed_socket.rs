//! # unclosed_socket
//!
//! ## What it finds
//!
//! A path on which a socket that was acquired (`socket`, `WSASocketA/W`,
//! `accept`, `WSAAccept`, or taken out of its owner by `into_raw_socket`,
//! `mem::forget`, `ManuallyDrop` or `Box::leak`) is neither closed nor handed
//! on to something that outlives the path.
//!
//! ## Why
//!
//! O13: "An application should always have a matching call to closesocket for
//! each successful call to socket to return any socket resources to the
//! system." A `SOCKET` is a plain integer: nothing closes it when it goes out
//! of scope. O23: a close that fails with WSAEWOULDBLOCK leaves the handle valid;
//! closesocket must be called again.
//!
//! ## Example
//!
//! ```ignore
//! let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
//! if s == INVALID_SOCKET {
//!     return Err(io::Error::last_os_error());
//! }
//! connect_to(s, addr)?; // returns without closing `s`
//! unsafe { closesocket(s) };
//! ```
//!
//! ## Instead
//!
//! Give the descriptor to an owner before the first exit
//! (`OwnedSocket::from_raw_socket(s as _)`), or close it on each exit:
//!
//! ```ignore
//! if let Err(e) = connect_to(s, addr) {
//!     unsafe { closesocket(s) };
//!     return Err(e);
//! }
//! ```
//!
//! ## Limits
//!
//! A socket that is passed to code that is not analysed counts as handed on.
//! Unwinding, `process::exit` and `abort` are not leak paths.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unclosed_socket",
    group: Group::Correctness,
    summary: "a socket is neither closed nor handed on, on some path",
    obligations: &[13, 23],
    reference: "An application should always have a matching call to closesocket for each successful call to socket to return any socket resources to the system.",
    cwe: Some(772),
    source: include_str!("unclosed_socket.rs"),
};

/// `by`: the call that acquired the socket. `would_block`: a close failed with WSAEWOULDBLOCK and was not repeated.
pub(crate) fn text(by: &str, would_block: bool) -> Text {
    if would_block {
        return Text {
            message: "this socket stays open: its close would block and is not repeated".into(),
            label: format!("`{by}` opens the socket here"),
            help: "call `closesocket` again until it no longer fails with WSAEWOULDBLOCK".into(),
        };
    }
    let taken = matches!(
        by,
        "into_raw_socket" | "into_raw_fd" | "mem::forget" | "Box::leak"
    );
    Text {
        message: format!("the socket from `{by}` is never closed on some path"),
        label: if taken {
            "from here on nobody owns the socket".into()
        } else {
            "this socket is never closed".into()
        },
        help: "close it on that path, or give it to an owner (`OwnedSocket::from_raw_socket`) before the first exit"
            .into(),
    }
}
