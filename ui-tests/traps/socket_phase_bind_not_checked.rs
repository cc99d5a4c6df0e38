//! bind is repeated until it works, or not checked at all: afterwards the socket is perhaps bound.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, listen, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

const LEN: i32 = size_of::<SOCKADDR_IN>() as i32;

pub fn listen_somewhere(preferred: &SOCKADDR_IN, fallback: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    unsafe {
        if bind(s, (&raw const *preferred).cast(), LEN) == SOCKET_ERROR {
            bind(s, (&raw const *fallback).cast(), LEN);
        }
        // listen reports it if neither address could be had; the second call only changes the backlog.
        if listen(s, 1) == SOCKET_ERROR || listen(s, 200) == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
    }
    Ok(s)
}
