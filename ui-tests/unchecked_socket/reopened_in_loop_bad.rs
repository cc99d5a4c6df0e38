//! The first socket is checked, the one that replaces it in the retry loop is not.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

pub unsafe fn dial_retrying(addr: *const SOCKADDR, len: i32, mut tries: u32) -> Option<SOCKET> {
    let mut s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return None;
    }
    while connect(s, addr, len) == SOCKET_ERROR { //~ unchecked_socket
        closesocket(s);
        if tries == 0 {
            return None;
        }
        tries -= 1;
        s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    }
    Some(s)
}
