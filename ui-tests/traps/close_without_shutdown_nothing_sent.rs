//! A connection on which nothing was sent, or on which the only send failed, is closed.

use std::io;
use windows_sys::Win32::Networking::WinSock::{accept, AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, recv, send, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

pub unsafe fn time_of_day(addr: *const SOCKADDR, len: i32, out: &mut [u8]) -> io::Result<usize> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let n = if connect(s, addr, len) == SOCKET_ERROR { SOCKET_ERROR } else { recv(s, out.as_mut_ptr(), out.len() as i32, 0) };
    let result = if n == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(n as usize) };
    closesocket(s);
    result
}

pub unsafe fn greeted(listener: SOCKET) -> io::Result<SOCKET> {
    let client = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
    if client == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if send(client, b"+OK\r\n".as_ptr(), 5, 0) == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        closesocket(client);
        return Err(err);
    }
    Ok(client)
}
