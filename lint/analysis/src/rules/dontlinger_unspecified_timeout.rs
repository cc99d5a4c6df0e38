//! # dontlinger_unspecified_timeout
//!
//! ## What it finds
//!
//! `setsockopt` with SO_DONTLINGER and the value FALSE, which makes `l_onoff`
//! nonzero, on a socket for which no timeout was set before.
//!
//! ## Why
//!
//! O18: "the value for the l_linger member is not specified. In this case, the
//! timeout used is implementation dependent." Only a timeout that an earlier
//! SO_LINGER has set is reinstated.
//!
//! ## Example
//!
//! ```ignore
//! let s = socket(AF_INET as i32, SOCK_STREAM, 0);
//! let off: i32 = 0;
//! setsockopt(s, SOL_SOCKET, SO_DONTLINGER, &off as *const _ as _, 4); // how long?
//! ```
//!
//! ## Instead
//!
//! Set both members:
//!
//! ```ignore
//! let linger = LINGER { l_onoff: 1, l_linger: 5 };
//! setsockopt(s, SOL_SOCKET, SO_LINGER, &linger as *const _ as _, 4);
//! ```
//!
//! ## Limits
//!
//! On a socket whose options are not known (a parameter), and for a value that is
//! not known, nothing is said.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "dontlinger_unspecified_timeout",
    group: Group::Suspicious,
    summary: "SO_DONTLINGER turns lingering on with no timeout set",
    obligations: &[18],
    reference: "If an application calls the setsockopt function with the optname parameter set to SO_DONTLINGER to set the l_onoff member to a nonzero value, the value for the l_linger member is not specified. In this case, the timeout used is implementation dependent.",
    cwe: Some(758),
    source: include_str!("dontlinger_unspecified_timeout.rs"),
};

/// SO_DONTLINGER is turned off.
pub(crate) fn text() -> Text {
    Text {
        message: "turning SO_DONTLINGER off makes the socket linger for an unspecified time".into(),
        label: "`l_onoff` becomes nonzero here, and no timeout was set before".into(),
        help: "set `l_onoff` and `l_linger` together with SO_LINGER".into(),
    }
}
