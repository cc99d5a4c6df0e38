//! The constructor wraps last: when it fails the caller closes.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::{FromRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, IPPROTO_TCP, setsockopt, SOCKET, SOCKET_ERROR, TCP_NODELAY};

fn wrap(s: SOCKET) -> io::Result<TcpStream> {
    let on = 1u32;
    if unsafe { setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (&raw const on).cast(), 4) } == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(unsafe { TcpStream::from_raw_socket(s as RawSocket) })
}

pub fn accept_stream(listener: SOCKET) -> io::Result<TcpStream> {
    let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    wrap(s).inspect_err(|_| {
        unsafe { closesocket(s) };
    })
}
