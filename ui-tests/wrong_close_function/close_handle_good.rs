//! The socket is closed with closesocket.

use std::io;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR, socket, SOCKET_ERROR, WSAEADDRINUSE, WSAGetLastError};

pub unsafe fn is_bound(addr: *const SOCKADDR, len: i32) -> io::Result<bool> {
    let s = socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let taken = bind(s, addr, len) == SOCKET_ERROR && WSAGetLastError() == WSAEADDRINUSE;
    closesocket(s);
    Ok(taken)
}
