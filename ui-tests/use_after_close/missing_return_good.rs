//! The error arm closes the socket and returns.

use std::io;
use winapi::shared::ws2def::SOCKADDR;
use winapi::um::winsock2::{bind, closesocket, socket, INVALID_SOCKET, SOCKET, SOCKET_ERROR};

pub struct Endpoint {
    pub socket: SOCKET,
    pub bound: bool,
}

pub unsafe fn open(family: i32, addr: *const SOCKADDR, len: i32) -> io::Result<Endpoint> {
    let socket = socket(family, 2, 17);
    if socket == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if bind(socket, addr, len) == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        closesocket(socket);
        return Err(err);
    }
    Ok(Endpoint { socket, bound: true })
}
