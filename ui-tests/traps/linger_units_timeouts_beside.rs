//! SO_RCVTIMEO and SO_SNDTIMEO take milliseconds, SO_LINGER beside them takes seconds.

use windows_sys::Win32::Networking::WinSock::{LINGER, setsockopt, SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO, SOCKET, SOL_SOCKET};

const TIMEOUT_MS: u32 = 5_000;

unsafe fn set<T>(s: SOCKET, name: i32, value: T) -> bool {
    setsockopt(s, SOL_SOCKET, name, (&raw const value).cast(), size_of::<T>() as i32) == 0
}

pub unsafe fn set_all(s: SOCKET) -> bool {
    set(s, SO_RCVTIMEO, TIMEOUT_MS)
        && set(s, SO_SNDTIMEO, TIMEOUT_MS)
        && set(s, SO_LINGER, LINGER { l_onoff: 1, l_linger: (TIMEOUT_MS / 1000) as u16 })
}
