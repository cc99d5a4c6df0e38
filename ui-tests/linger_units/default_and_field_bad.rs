//! The `windows` crate: the rest of a deadline is assigned in milliseconds.

use std::time::Instant;
use windows::Win32::Networking::WinSock::*;

pub unsafe fn linger_until(s: SOCKET, deadline: Instant) -> bool {
    let left = deadline.saturating_duration_since(Instant::now());
    let mut linger = LINGER::default();
    if !left.is_zero() {
        linger.l_onoff = 1;
        linger.l_linger = left.as_millis().min(60_000) as u16; //~ linger_units
    }
    let bytes: [u8; 4] = std::mem::transmute(linger);
    setsockopt(s, SOL_SOCKET, SO_LINGER, Some(&bytes)) == 0
}
