//! The descriptor goes to `connect` before anybody asks whether there is one.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

pub unsafe fn dial(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if connect(s, addr, len) == SOCKET_ERROR { //~ unchecked_socket
        closesocket(s);
        return None;
    }
    Some(s)
}
