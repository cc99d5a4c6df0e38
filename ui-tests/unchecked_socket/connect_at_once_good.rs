//! The descriptor is compared with INVALID_SOCKET first.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

pub unsafe fn dial(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return None;
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        closesocket(s);
        return None;
    }
    Some(s)
}
