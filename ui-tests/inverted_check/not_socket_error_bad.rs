//! `!=` for `==`: a bind that worked takes the error branch.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

pub unsafe fn open_bound(addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if bind(s, addr, len) != SOCKET_ERROR { //~ inverted_check
        let err = io::Error::last_os_error();
        closesocket(s);
        return Err(err);
    }
    Ok(s)
}
