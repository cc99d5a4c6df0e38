//! The error of `bind` returns through `?` while the socket is still a bare number.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

fn cvt(r: i32) -> io::Result<()> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn open_bound(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) }; //~ unclosed_socket
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    cvt(unsafe { bind(s, addr as *const _ as *const SOCKADDR, len) })?;
    Ok(s)
}
