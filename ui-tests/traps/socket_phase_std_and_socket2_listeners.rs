//! Listeners of std and socket2 listen already, or were bound by methods; the raw accept is right.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::net::TcpListener;
use std::os::windows::io::{AsRawSocket, IntoRawSocket};
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SOCKET};

fn next(listener: SOCKET) -> io::Result<SOCKET> {
    match unsafe { accept(listener, null_mut(), null_mut()) } {
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        client => Ok(client),
    }
}

pub fn from_std() -> io::Result<SOCKET> {
    let listener = TcpListener::bind("127.0.0.1:0")?.into_raw_socket() as SOCKET;
    let client = next(listener);
    unsafe { closesocket(listener) };
    client
}

pub fn from_socket2(addr: &SockAddr) -> io::Result<SOCKET> {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    listener.bind(addr)?;
    listener.listen(4)?;
    next(listener.as_raw_socket() as SOCKET)
}
