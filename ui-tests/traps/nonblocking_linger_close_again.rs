//! A lingering close of a nonblocking socket is repeated while it says WSAEWOULDBLOCK.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, LINGER, SO_LINGER, SOCKET, SOL_SOCKET, WSAEWOULDBLOCK, WSAGetLastError, closesocket as close, ioctlsocket, setsockopt,
};

/// Closes the caller's connected socket, but no longer waits in one call than it must.
pub fn close_patiently(s: SOCKET) -> io::Result<u32> {
    let mut on = 1;
    let linger = LINGER { l_onoff: 1, l_linger: 20 };
    unsafe {
        ioctlsocket(s, FIONBIO, &mut on);
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
    }
    let mut tries = 0;
    loop {
        tries += 1;
        if unsafe { close(s) } == 0 {
            return Ok(tries);
        }
        match unsafe { WSAGetLastError() } {
            WSAEWOULDBLOCK => std::thread::sleep(Duration::from_millis(50)),
            code => return Err(io::Error::from_raw_os_error(code)),
        }
    }
}
