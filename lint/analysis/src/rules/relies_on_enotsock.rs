//! # relies_on_enotsock
//!
//! ## What it finds
//!
//! The error of a call on a descriptor that is closed is compared with
//! WSAENOTSOCK.
//!
//! ## Why
//!
//! O9: "it is not reliable to expect further references to the socket descriptor
//! passed in the s parameter to fail with the error WSAENOTSOCK." O8: the number
//! may be another socket's by then, and the call then works on that one.
//!
//! ## Example
//!
//! ```ignore
//! unsafe { closesocket(s) };
//! if unsafe { getpeername(s, addr, &mut len) } == SOCKET_ERROR
//!     && unsafe { WSAGetLastError() } == WSAENOTSOCK
//! {
//!     println!("closed");
//! }
//! ```
//!
//! ## Instead
//!
//! Keep in a variable whether the socket is closed: an `Option<SOCKET>` that is
//! taken, or INVALID_SOCKET.
//!
//! ## Limits
//!
//! Only a comparison of the code is seen, not one by code that is not analysed.
//! The call itself is a `use_after_close`.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "relies_on_enotsock",
    group: Group::Suspicious,
    summary: "a closed descriptor is expected to fail with WSAENOTSOCK",
    obligations: &[8, 9],
    reference: "As a result, it is not reliable to expect further references to the socket descriptor passed in the s parameter to fail with the error WSAENOTSOCK.",
    cwe: Some(758),
    source: include_str!("relies_on_enotsock.rs"),
};

/// `call` was made on a closed descriptor.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("`{call}` on a closed descriptor is expected to fail with WSAENOTSOCK"),
        label: "the number may be another socket's by now, and the call may succeed".into(),
        help: "keep in a variable whether the socket is closed, in place of asking its descriptor"
            .into(),
    }
}
