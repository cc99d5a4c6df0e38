//! The error that is read after closesocket is that of closesocket itself.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

pub fn close(s: SOCKET) -> io::Result<()> {
    if unsafe { closesocket(s) } == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

pub fn reset(addr: &SOCKADDR_IN) -> io::Result<()> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let len = size_of::<SOCKADDR_IN>() as i32;
    if unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), len) } != 0 {
        let err = io::Error::last_os_error();
        let _ = close(s);
        return Err(err);
    }
    close(s)
}
