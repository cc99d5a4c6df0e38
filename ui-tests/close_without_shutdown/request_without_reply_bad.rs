//! A client sends its request and closes the connection without shutdown.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, send, SOCK_STREAM, SOCKADDR_IN, socket, SOCKET_ERROR};

pub fn submit(addr: &SOCKADDR_IN, line: &[u8]) -> io::Result<i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let sent = unsafe { send(s, line.as_ptr(), line.len() as i32, 0) };
    if sent == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    unsafe { closesocket(s) }; //~ close_without_shutdown
    Ok(sent)
}
