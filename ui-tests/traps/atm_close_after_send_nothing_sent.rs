//! An ATM connection on which nothing was sent is closed at once; a family not known is let alone.

use winapi::shared::ws2def::{AF_ATM, SOCKADDR};
use winapi::um::winsock2::{closesocket, connect, INVALID_SOCKET, SD_BOTH, send, shutdown, SOCK_RAW, SOCKET, socket};

pub unsafe fn probe(addr: *const SOCKADDR, len: i32) -> bool {
    let s = socket(AF_ATM, SOCK_RAW, 5);
    if s == INVALID_SOCKET {
        return false;
    }
    let reached = connect(s, addr, len) == 0;
    closesocket(s);
    reached
}

pub unsafe fn goodbye(s: SOCKET) -> bool {
    let said = send(s, c"bye".as_ptr(), 3, 0) == 3;
    shutdown(s, SD_BOTH);
    said
}
