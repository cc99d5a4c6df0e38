//! winapi: the code is read before the helper closes the socket.

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
        let code = WSAGetLastError();
        discard(s);
        return Err(code);
    }
    Ok(s)
}
