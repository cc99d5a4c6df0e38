//! The socket comes from a helper; its caller loses it when `listen` fails.

use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, INVALID_SOCKET, IPPROTO_TCP, listen, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOMAXCONN};

unsafe fn open_stream() -> Option<SOCKET> {
    match socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) { //~ unclosed_socket
        INVALID_SOCKET => None,
        s => Some(s),
    }
}

pub unsafe fn listener(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = open_stream()?;
    if bind(s, addr, len) != 0 || listen(s, SOMAXCONN as i32) != 0 {
        return None;
    }
    Some(s)
}
