//! # blocking_call_in_apc
//!
//! ## What it finds
//!
//! A blocking Winsock call in a completion routine (the last argument of `WSASend`,
//! `WSARecv` and their kin) or in a function that `QueueUserAPC` queues: `connect`,
//! `accept`, `send`, `recv`, `sendto`, `recvfrom`, `WSASend` or `WSARecv` without
//! an OVERLAPPED, `select` with other than a zero timeout, name resolution, and
//! `closesocket` with a linger timeout.
//!
//! ## Why
//!
//! O29: a blocking Winsock call waits alertably, so an APC may interrupt it.
//! "Issuing another blocking Winsock call inside an APC that interrupted an ongoing
//! blocking Winsock call on the same thread will lead to undefined behavior, and
//! must never be attempted by Winsock clients."
//!
//! ## Example
//!
//! ```ignore
//! unsafe extern "system" fn received(_: u32, _: u32, ov: *mut OVERLAPPED, _: u32) {
//!     let request = unsafe { &*ov.cast::<Request>() };
//!     unsafe { send(request.socket, request.reply.as_ptr(), 64, 0) };
//! }
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! unsafe extern "system" fn received(_: u32, _: u32, ov: *mut OVERLAPPED, _: u32) {
//!     let request = unsafe { &mut *ov.cast::<Request>() };
//!     let (s, reply, send) = (request.socket, &request.reply, &mut request.send);
//!     unsafe { WSASend(s, reply, 1, null_mut(), 0, send, Some(sent)) };
//! }
//! ```
//!
//! Or let the routine note what happened, and make the call when the wait has
//! returned.
//!
//! ## Limits
//!
//! On a socket that is known to be nonblocking nothing is said. A routine that is
//! handed over in code that is not analysed is not known to be one. Whether the
//! thread was in a blocking Winsock call is not examined.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "blocking_call_in_apc",
    group: Group::Correctness,
    summary: "a completion routine or queued APC makes a blocking Winsock call",
    obligations: &[29],
    reference: "Issuing another blocking Winsock call inside an APC that interrupted an ongoing blocking Winsock call on the same thread will lead to undefined behavior, and must never be attempted by Winsock clients.",
    cwe: Some(758),
    source: include_str!("blocking_call_in_apc.rs"),
};

/// `call` may block.
pub(crate) fn text(call: &str) -> Text {
    Text {
        message: format!("`{call}` may block inside an asynchronous procedure call"),
        label: "the procedure may have interrupted a blocking Winsock call of this thread".into(),
        help: "start an overlapped operation here, or make the call after the alertable wait has returned".into(),
    }
}
