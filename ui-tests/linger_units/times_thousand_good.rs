//! The receive timeout is in milliseconds, the linger time in seconds.

use windows_sys::Win32::Networking::WinSock as ws;

pub unsafe fn set_timeouts(s: ws::SOCKET, secs: u16) -> bool {
    let millis = u32::from(secs) * 1000;
    let linger = ws::LINGER { l_onoff: 1, l_linger: secs };
    ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_RCVTIMEO, (&raw const millis).cast(), 4) == 0
        && ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4) == 0
}
