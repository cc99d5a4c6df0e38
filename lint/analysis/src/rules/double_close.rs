//! # double_close
//!
//! ## What it finds
//!
//! A descriptor that is closed twice on a path: two calls of `closesocket`; a
//! `closesocket` on a socket whose owner (std's and the ecosystem's socket types,
//! or a type of the sources whose `Drop` closes it) closes it too; two owners made
//! from one descriptor.
//!
//! ## Why
//!
//! O8: the number may be reused at once, so the second close may close another
//! connection of the same process. O9: nor can it be expected to fail with
//! WSAENOTSOCK.
//!
//! ## Example
//!
//! ```ignore
//! impl Drop for Conn {
//!     fn drop(&mut self) {
//!         // `self.stream` is a TcpStream, which closes itself right after this.
//!         unsafe { closesocket(self.stream.as_raw_socket() as SOCKET) };
//!     }
//! }
//! ```
//!
//! ## Instead
//!
//! Leave the close to the owner; or take the descriptor out of it first
//! (`into_raw_socket`, `ManuallyDrop`).
//!
//! ## Limits
//!
//! An owner that the analysis does not see is not known to close.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "double_close",
    group: Group::Correctness,
    summary: "a descriptor is closed twice",
    obligations: &[8, 9],
    reference: "Note that the socket descriptor passed in the s parameter may immediately be reused by the system as soon as closesocket function is issued.",
    cwe: Some(1341),
    source: include_str!("double_close.rs"),
};

/// Who closes first and second, and the second's type if it is an owner.
pub(crate) fn text(first_by_owner: bool, second_by_owner: bool, owner: Option<&str>) -> Text {
    let owner = owner.unwrap_or("its owner");
    let (message, label, help) = match (first_by_owner, second_by_owner) {
        (false, false) => (
            "this descriptor is closed twice".to_string(),
            "closed a second time here".to_string(),
            "close it once; set the variable to INVALID_SOCKET after the close and check it",
        ),
        (true, false) => (
            "this descriptor was closed by its owner already".to_string(),
            "closed a second time here".to_string(),
            "leave the close to the owner, or take the descriptor out of it with `into_raw_socket`",
        ),
        (false, true) => (
            format!("this socket is closed here and again when its owner `{owner}` is dropped"),
            "the owner's drop closes it again".to_string(),
            "leave the close to the owner, or take the descriptor out of it with `into_raw_socket`",
        ),
        (true, true) => (
            "two owners close the same descriptor".to_string(),
            format!("a second owner is made here; both close it when dropped (`{owner}`)"),
            "make one owner, or duplicate the socket (`try_clone`)",
        ),
    };
    Text {
        message,
        label,
        help: help.into(),
    }
}

/// An owner is made of a closed descriptor.
pub(crate) fn wrapped(owner: Option<&str>) -> Text {
    let owner = owner.unwrap_or("the owner");
    Text {
        message: format!(
            "a closed descriptor gets the owner `{owner}`, whose drop closes it again"
        ),
        label: "the descriptor is closed already".to_string(),
        help: "give a socket to its owner before anything closes it".into(),
    }
}
