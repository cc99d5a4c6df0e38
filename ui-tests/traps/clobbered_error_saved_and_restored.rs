//! The code is saved, the socket closed, and the code put back, so that the read afterwards gets it.

use std::io;
use winapi::shared::ws2def::{AF_INET, SOCKADDR, SOCKADDR_IN};
use winapi::um::winsock2::{
    INVALID_SOCKET, SOCK_STREAM, SOCKET, SOCKET_ERROR, WSAGetLastError, WSASetLastError, bind, closesocket, listen, socket,
};

/// Closes and leaves the thread's error as it was.
unsafe fn close_keep_error(s: SOCKET) {
    let code = WSAGetLastError();
    closesocket(s);
    WSASetLastError(code);
}

/// INVALID_SOCKET for a failure, whose code is the thread's error.
unsafe fn listener(addr: &SOCKADDR_IN) -> SOCKET {
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return INVALID_SOCKET;
    }
    let name = addr as *const SOCKADDR_IN as *const SOCKADDR;
    if bind(s, name, size_of::<SOCKADDR_IN>() as i32) == SOCKET_ERROR || listen(s, 16) == SOCKET_ERROR {
        close_keep_error(s);
        return INVALID_SOCKET;
    }
    s
}

pub fn listen_on(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { listener(addr) };
    if s == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(s) }
}
