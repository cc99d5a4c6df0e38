//! The helper leaves the socket to the caller that opened it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, setsockopt, SO_BROADCAST, SOCK_DGRAM, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

unsafe fn enable(s: SOCKET, option: i32) -> io::Result<()> {
    let on = 1i32;
    if setsockopt(s, SOL_SOCKET, option, (&raw const on).cast(), 4) == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

pub unsafe fn open_broadcast() -> io::Result<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if let Err(err) = enable(s, SO_BROADCAST) {
        closesocket(s);
        return Err(err);
    }
    Ok(s)
}
