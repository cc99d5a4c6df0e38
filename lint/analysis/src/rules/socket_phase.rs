//! # socket_phase
//!
//! ## What it finds
//!
//! A call that the socket cannot take in its phase, or by its type:
//!
//! | call | asks for |
//! | --- | --- |
//! | `bind` | neither bound nor listening; stream: not connected |
//! | `listen` | bound, not a datagram socket; stream: not connected |
//! | `accept`, `WSAAccept` | listening |
//! | `connect`, `WSAConnect` | not listening; stream: not connected |
//! | `ConnectEx` | as `connect`, and bound |
//! | `send`, `WSASend`, `TransmitFile` | connected; sending not shut down |
//! | `sendto`, `WSASendTo` | stream: connected; sending not shut down |
//! | `recv`, `WSARecv` | stream: connected; datagram: bound; receiving not shut down |
//!
//! The kin of each call (`WSASendMsg`, `recvfrom`, `ReadFile` and so on) asks for the
//! same. A socket may be bound before `connect`. The first `sendto` binds a datagram
//! socket, too. `shutdown`, options and `closesocket` may come at any time.
//!
//! ## Why
//!
//! The call fails: with WSAEINVAL, WSAENOTCONN, WSAEISCONN, WSAEOPNOTSUPP or
//! WSAESHUTDOWN. O33: the pages that the reference names as related say what each
//! call asks for. O27: `shutdown` stands after the last data and before
//! `closesocket`.
//!
//! ## Example
//!
//! ```ignore
//! unsafe { bind(s, addr, len) };
//! let peer = unsafe { accept(s, null_mut(), null_mut()) }; // nobody listens
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! unsafe { bind(s, addr, len) };
//! unsafe { listen(s, SOMAXCONN as i32) };
//! let peer = unsafe { accept(s, null_mut(), null_mut()) };
//! ```
//!
//! ## Limits
//!
//! Only a phase that is certain is judged: of a socket that comes from a caller or
//! was passed to code that is not analysed, the phase is not known. A nonblocking
//! `connect` that fails may still connect.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "socket_phase",
    group: Group::Suspicious,
    summary: "a call is made that the socket cannot take in its phase or by its type",
    obligations: &[27, 33],
    // The page itself says nothing of phases.
    reference: "",
    cwe: None,
    source: include_str!("socket_phase.rs"),
};

/// `why` the socket cannot take `call`: "it does not listen".
pub(crate) fn text(call: &str, why: &str) -> Text {
    let help = match call {
        "bind" => "bind a socket once, before `listen` and before `connect`",
        "listen" => "listen on a stream socket that is bound and not connected",
        "accept" | "WSAAccept" => {
            "accept on the stream socket that `bind` and `listen` were called on"
        }
        "ConnectEx" => "bind the socket before, and connect it once",
        _ if call.contains("onnect") => "connect a socket once, and not one that listens",
        _ => {
            "connect a stream socket first, bind a datagram socket that receives, and shut a direction down after its last call"
        }
    };
    Text {
        message: format!("`{call}` is called on a socket that cannot take it: {why}"),
        label: "this call fails".into(),
        help: help.into(),
    }
}
