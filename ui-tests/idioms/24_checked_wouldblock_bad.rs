//! WSAEWOULDBLOCK of the close is reported, and the still open socket forgotten.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, FIONBIO, ioctlsocket, LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET, WSAGetLastError};

pub fn close_lingering(s: SOCKET) -> io::Result<()> {
    let mut on = 1u32;
    let option = LINGER { l_onoff: 1, l_linger: 10 };
    unsafe {
        ioctlsocket(s, FIONBIO, &mut on);
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of::<LINGER>() as i32);
    }
    match unsafe { closesocket(s) } { //~ nonblocking_linger
        0 => Ok(()),
        _ => {
            let code = unsafe { WSAGetLastError() };
            Err(io::Error::from_raw_os_error(code))
        }
    }
}
