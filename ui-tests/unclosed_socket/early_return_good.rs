//! Both ways out of the probe close the socket.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR};

pub unsafe fn reachable(addr: *const SOCKADDR, len: i32) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return false;
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        closesocket(s);
        return false;
    }
    closesocket(s);
    true
}
