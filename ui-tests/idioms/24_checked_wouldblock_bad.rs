//! WSAEWOULDBLOCK of the close is reported, and the still open socket forgotten.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, FIONBIO, INVALID_SOCKET, ioctlsocket, LINGER, setsockopt, SO_LINGER, SOCK_STREAM, socket, SOL_SOCKET, WSAGetLastError};

pub fn open_and_close(linger: u16) -> io::Result<()> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut on = 1u32;
    let option = LINGER { l_onoff: 1, l_linger: linger.clamp(1, 30) };
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
