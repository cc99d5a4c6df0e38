//! A parameter in milliseconds goes into the field that counts seconds.

use std::mem::zeroed;
use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn close_within(s: SOCKET, linger_ms: u32) -> bool {
    let mut linger: LINGER = zeroed();
    linger.l_onoff = 1;
    linger.l_linger = linger_ms as u16; //~ linger_units
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    closesocket(s) == 0
}
