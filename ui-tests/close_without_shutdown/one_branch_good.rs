//! The connection is shut down with the flag and without it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, recv, SD_SEND, send, shutdown, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR};

pub fn notify(addr: *const SOCKADDR, len: i32, byte: u8, wait_for_end: bool) -> io::Result<()> {
    unsafe {
        let s = socket(AF_INET as i32, SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if connect(s, addr, len) == SOCKET_ERROR || send(s, &byte, 1, 0) == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        shutdown(s, SD_SEND);
        if wait_for_end {
            let mut rest = [0u8; 64];
            while recv(s, rest.as_mut_ptr(), 64, 0) > 0 {}
        }
        closesocket(s);
    }
    Ok(())
}
