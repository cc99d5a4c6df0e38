//! Lingering is off, so the 5000 in the other field means nothing.

use windows_sys::Win32::Networking::WinSock::{LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

const CLOSE_AT_ONCE: LINGER = LINGER { l_onoff: 0, l_linger: 5000 };

pub unsafe fn do_not_wait(s: SOCKET) -> bool {
    let linger = CLOSE_AT_ONCE;
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) == 0
}
