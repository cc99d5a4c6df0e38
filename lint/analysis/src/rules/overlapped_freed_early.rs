//! # overlapped_freed_early
//!
//! ## What it finds
//!
//! The OVERLAPPED, a data buffer, or another pointer that an overlapped operation
//! uses until it completes (`lpFrom`, `lpFromlen`, a WSAMSG and what it points to,
//! the output buffer of AcceptEx, the head and tail of TransmitFile, the event) goes
//! out of scope, is freed, moved, overwritten or used for another operation while the
//! operation may be pending; or data that a safe function borrows for the time of
//! the call is still in use when it returns; or a future, or a type whose `Drop`
//! does not wait, may be dropped while its operation is pending.
//!
//! ## Why
//!
//! O12: "an application should not cleanup any resources referenced by the
//! outstanding I/O requests until the I/O requests are indeed completed." The
//! system writes there later, into whatever stands there then. O11: `closesocket`
//! and `CancelIoEx` only *start* the cancellation.
//!
//! ## Example
//!
//! ```ignore
//! fn start(s: SOCKET, buf: &mut WSABUF) {
//!     let mut ov: OVERLAPPED = unsafe { mem::zeroed() };
//!     unsafe { WSARecv(s, buf, 1, null_mut(), &mut 0, &mut ov, None) };
//! } // `ov` is gone, the receive is not
//! ```
//!
//! ## Instead
//!
//! Keep it all in a box that is freed after completion was seen
//! (`WSAGetOverlappedResult` with fWait, the event, the completion port).
//!
//! ## Limits
//!
//! An operation whose OVERLAPPED or event is passed to code that is not analysed
//! is not followed further. The WSABUF array itself, flags and byte counts need
//! not live on. A dequeued packet is taken for that of an operation of the path, and
//! a flag that is read after an alertable wait for what its routine said.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "overlapped_freed_early",
    group: Group::Correctness,
    summary: "memory of an overlapped operation goes before it completes",
    obligations: &[11, 12],
    reference: "Thus, an application should not cleanup any resources (WSAOVERLAPPED structures, for example) referenced by the outstanding I/O requests until the I/O requests are indeed completed.",
    cwe: Some(416),
    source: include_str!("overlapped_freed_early.rs"),
};

/// `call` started the operation; `what` goes, and `how`.
pub(crate) fn text(call: &str, what: &str, how: &str) -> Text {
    Text {
        message: format!("{what} of this `{call}` {how} while the operation may be pending"),
        label: "the operation started here may complete later".into(),
        help: "keep it alive until the operation has completed: wait with WSAGetOverlappedResult(.., TRUE, ..), or own it in a box that is freed after completion".into(),
    }
}
