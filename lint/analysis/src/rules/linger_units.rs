//! # linger_units
//!
//! ## What it finds
//!
//! An `l_linger` that counts milliseconds (`Duration::as_millis`, or a constant,
//! parameter or field whose name says so: `timeout_ms`), or that is a constant of
//! 1000 or more.
//!
//! ## Why
//!
//! O15: "The l_linger member of the linger structure determines the amount of time,
//! in seconds, a socket should remain open." With milliseconds in it the close may
//! block a thousand times as long as was meant.
//!
//! ## Example
//!
//! ```ignore
//! let linger = LINGER { l_onoff: 1, l_linger: timeout.as_millis() as u16 };
//! setsockopt(s, SOL_SOCKET, SO_LINGER, &linger as *const _ as _, 4);
//! ```
//!
//! ## Instead
//!
//! ```ignore
//! let linger = LINGER { l_onoff: 1, l_linger: timeout.as_secs() as u16 };
//! setsockopt(s, SOL_SOCKET, SO_LINGER, &linger as *const _ as _, 4);
//! ```
//!
//! A fraction of a second becomes 0 that way, which is a hard close: round it up.
//!
//! ## Limits
//!
//! A number that was computed from another (`timeout_ms / 1000`) is not taken for
//! milliseconds. With `l_onoff` zero the member is ignored, and nothing is said. A
//! timeout of 1000 seconds that is meant has to be allowed where it is set.

use super::{Group, Rule, Text};

/// The rule.
pub static RULE: Rule = Rule {
    name: "linger_units",
    group: Group::Suspicious,
    summary: "a linger timeout is given in other units than seconds",
    obligations: &[15],
    reference: "The l_linger member of the linger structure determines the amount of time, in seconds, a socket should remain open.",
    cwe: None,
    source: include_str!("linger_units.rs"),
};

/// `milliseconds`: the value was made from them; otherwise it is a constant of 1000 or more.
pub(crate) fn text(milliseconds: bool) -> Text {
    let (message, label) = if milliseconds {
        (
            "`l_linger` is in seconds, but this value counts milliseconds",
            "this counts milliseconds",
        )
    } else {
        (
            "`l_linger` is in seconds, and this value is 1000 or more",
            "as seconds this is more than a quarter of an hour",
        )
    };
    Text {
        message: message.into(),
        label: label.into(),
        help: "give the timeout in seconds (`Duration::as_secs`), rounded up".into(),
    }
}
