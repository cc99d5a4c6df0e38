//! The error of `connect` is read after closesocket may have replaced it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

pub unsafe fn dial(addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        closesocket(s);
        return Err(io::Error::last_os_error()); //~ clobbered_error
    }
    Ok(s)
}
