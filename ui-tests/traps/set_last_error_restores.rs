//! The code is put back after closesocket, so that reading it again is right.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_TCP, listen, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR, SOMAXCONN, WSAGetLastError, WSASetLastError};

unsafe fn close_keeping_error(s: SOCKET) {
    let code = WSAGetLastError();
    closesocket(s);
    WSASetLastError(code);
}

pub unsafe fn listener(addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if bind(s, addr, len) == SOCKET_ERROR || listen(s, SOMAXCONN as i32) == SOCKET_ERROR {
        close_keeping_error(s);
        return Err(io::Error::last_os_error());
    }
    Ok(s)
}
