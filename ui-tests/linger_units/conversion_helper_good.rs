//! The conversion helper answers in seconds.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

fn to_linger_time(timeout: Duration) -> io::Result<u16> {
    u16::try_from(timeout.as_secs()).map_err(|_| io::ErrorKind::InvalidInput.into())
}

pub fn linger_for(s: SOCKET, timeout: Duration) -> io::Result<()> {
    let time = to_linger_time(timeout)?;
    let linger = LINGER { l_onoff: 1, l_linger: time };
    match unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
