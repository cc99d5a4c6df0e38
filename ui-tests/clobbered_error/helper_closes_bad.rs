//! winapi: a helper that closes the socket runs before the code is read.

use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR};
use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, SOMAXCONN, WSAGetLastError, bind, closesocket, listen, socket};

unsafe fn discard(s: SOCKET) {
    closesocket(s);
}

pub unsafe fn open_listener(addr: *const SOCKADDR, len: i32) -> Result<SOCKET, i32> {
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return Err(WSAGetLastError());
    }
    if bind(s, addr, len) != 0 || listen(s, SOMAXCONN) != 0 {
        discard(s);
        return Err(WSAGetLastError()); //~ clobbered_error
    }
    Ok(s)
}
