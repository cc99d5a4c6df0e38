//! Whole seconds, capped by what the field can hold.

use std::time::Duration;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn set_linger(s: ws::SOCKET, timeout: Option<Duration>, timeout_ms: Option<u64>) -> bool {
    let secs = timeout.map(|d| d.as_secs()).or(timeout_ms.map(|ms| ms / 1000));
    let linger = match secs {
        Some(secs) => ws::LINGER { l_onoff: 1, l_linger: secs.min(u64::from(u16::MAX)) as u16 },
        None => ws::LINGER { l_onoff: 0, l_linger: 0 },
    };
    unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4) == 0 }
}
