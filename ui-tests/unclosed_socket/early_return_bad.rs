//! A probe gives up early and forgets the socket.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR};

pub unsafe fn reachable(addr: *const SOCKADDR, len: i32) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP); //~ unclosed_socket
    if s == INVALID_SOCKET {
        return false;
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        return false;
    }
    closesocket(s);
    true
}
