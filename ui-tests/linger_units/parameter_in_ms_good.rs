//! A parameter in milliseconds is divided by 1000.

use std::mem::zeroed;
use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn close_within(s: SOCKET, linger_ms: u32) -> bool {
    let mut linger: LINGER = zeroed();
    linger.l_onoff = 1;
    linger.l_linger = (linger_ms / 1000) as u16;
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    closesocket(s) == 0
}
