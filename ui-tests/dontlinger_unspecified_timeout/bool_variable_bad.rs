//! SO_DONTLINGER of 0 turns lingering on, for a time that nobody set.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, setsockopt, SO_DONTLINGER, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};
use windows_sys::core::BOOL;

pub fn open(addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    unsafe {
        let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let dont: BOOL = 0;
        if setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4) == SOCKET_ERROR //~ dontlinger_unspecified_timeout
            || connect(s, addr, len) == SOCKET_ERROR
        {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        Ok(s)
    }
}
