//! The error arm closes the socket but falls through and hands the number out.

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
    let mut bound = true;
    if bind(socket, addr, len) == SOCKET_ERROR {
        closesocket(socket);
        bound = false;
    }
    Ok(Endpoint { socket, bound }) //~ use_after_close
}
