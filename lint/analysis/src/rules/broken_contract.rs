//! # broken_contract
//!
//! ## What it finds
//!
//! A function whose body does not do what its `#[socket_lifecycle(..)]` states: on some path a socket that it
//! `closes` is still open when it returns, one that it `takes` is neither closed nor kept, one that it
//! `borrows` is closed, or what it `opens` is returned closed.
//!
//! ## Why
//!
//! O13: each socket has one close that matches it, and callers rely on the contract to know whose that is. A
//! body that does otherwise leaks the socket of every caller, or closes one that the caller closes again (O8).
//!
//! ## Example
//!
//! ```ignore
//! #[socket_lifecycle(closes(s))]
//! fn hang_up(s: SOCKET) -> io::Result<()> {
//!     if unsafe { shutdown(s, SD_SEND) } == SOCKET_ERROR {
//!         return Err(io::Error::last_os_error()); // still open
//!     }
//!     unsafe { closesocket(s) };
//!     Ok(())
//! }
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! #[socket_lifecycle(closes(s))]
//! fn hang_up(s: SOCKET) -> io::Result<()> {
//!     let ended = unsafe { shutdown(s, SD_SEND) };
//!     let error = io::Error::last_os_error();
//!     unsafe { closesocket(s) };
//!     if ended == SOCKET_ERROR { Err(error) } else { Ok(()) }
//! }
//! ```
//!
//! Or state what the function does.
//!
//! ## Limits
//!
//! Only parameters that are descriptors themselves are looked at, not those that contain one. What is passed
//! to code that is not analysed counts as closed and as kept.

use super::{Group, Rule, Text};
use crate::names::Fate;

/// The rule.
pub static RULE: Rule = Rule {
    name: "broken_contract",
    group: Group::Correctness,
    summary: "a body does not do what its `#[socket_lifecycle]` states",
    obligations: &[8, 13],
    reference: "An application should always have a matching call to closesocket for each successful call to socket to return any socket resources to the system.",
    cwe: Some(573),
    source: include_str!("broken_contract.rs"),
};

/// A parameter's fate is another than was stated.
pub(crate) fn text(param: &str, fate: Fate) -> Text {
    let (stated, otherwise, help) = match fate {
        Fate::Closed => (
            "closes",
            "it is still open on some path",
            "close it on every path, or state `borrows` or `takes`",
        ),
        Fate::Taken => (
            "takes",
            "it is neither closed nor kept on some path",
            "close it or give it to an owner on every path, or state `borrows`",
        ),
        Fate::Borrowed => (
            "borrows",
            "it is closed on some path",
            "leave the close to the caller, or state `closes`",
        ),
    };
    Text {
        message: format!("this function states that it {stated} `{param}`, but {otherwise}"),
        label: "stated here".into(),
        help: help.into(),
    }
}

/// What it opens is closed.
pub(crate) fn opens_closed() -> Text {
    Text {
        message:
            "this function states that it opens a socket, but returns a closed one on some path"
                .into(),
        label: "stated here".into(),
        help: "return the socket open, or an error".into(),
    }
}
