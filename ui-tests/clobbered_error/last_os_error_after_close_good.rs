//! The error of `connect` is read first.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

pub unsafe fn dial(addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        closesocket(s);
        return Err(err);
    }
    Ok(s)
}
