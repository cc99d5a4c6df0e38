//! The labelled break carries the result out, and the close comes after the block.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, send, SOCK_STREAM, SOCKADDR, socket};

pub unsafe fn handshake(addr: *const SOCKADDR, len: i32) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return false;
    }
    let ok = 'attempt: {
        if connect(s, addr, len) != 0 {
            break 'attempt false;
        }
        send(s, b"HELO".as_ptr(), 4, 0) == 4
    };
    closesocket(s);
    ok
}
