//! `if unsafe { .. } == SOCKET_ERROR` closes, and the error was read before.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, bind, closesocket, INVALID_SOCKET, IPPROTO_TCP, listen, SOCK_STREAM, SOCKADDR_IN6, SOCKET, socket, SOCKET_ERROR};

pub fn listener(addr: &SOCKADDR_IN6, backlog: i32) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { bind(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN6>() as i32) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    if unsafe { listen(s, backlog) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(s)
}
