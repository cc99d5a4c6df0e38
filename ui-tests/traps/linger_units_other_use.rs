//! A LINGER of 1000 seconds is the limit that the read value is compared with; it is never set.

use windows_sys::Win32::Networking::WinSock::*;

const LIMIT: LINGER = LINGER { l_onoff: 1, l_linger: 1000 };

pub unsafe fn lingers_too_long(s: SOCKET) -> bool {
    let mut current = LINGER::default();
    let mut len = size_of::<LINGER>() as i32;
    if getsockopt(s, SOL_SOCKET, SO_LINGER, (&raw mut current).cast(), &mut len) != 0 {
        return false;
    }
    current.l_onoff != 0 && current.l_linger >= LIMIT.l_linger
}
