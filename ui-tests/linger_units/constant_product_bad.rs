//! A constant product: a second of 1000 is one of milliseconds.

use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock as ws;

const SECOND: u16 = 1000;
const GRACE: u16 = 10 * SECOND;

static GRACE_OVERRIDE: OnceLock<ws::LINGER> = OnceLock::new();

fn default_grace() -> ws::LINGER {
    ws::LINGER { l_onoff: 1, l_linger: GRACE } //~ linger_units
}

pub fn with_grace(s: ws::SOCKET) -> bool {
    let linger = match GRACE_OVERRIDE.get() {
        Some(linger) => *linger,
        None => default_grace(),
    };
    unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4) == 0 }
}
