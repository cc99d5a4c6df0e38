//! The socket type depends on a flag, and only the stream socket listens.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, listen, SOCK_DGRAM, SOCK_STREAM, SOCKADDR, SOCKET, socket};

pub fn open(datagram: bool, addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    let kind = if datagram { SOCK_DGRAM } else { SOCK_STREAM };
    let s = unsafe { socket(AF_INET as i32, kind, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut ok = unsafe { bind(s, addr, len) == 0 };
    if ok && !datagram {
        ok = unsafe { listen(s, 128) == 0 };
    }
    if !ok {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(s)
}
