//! A second attempt overwrites the only copy of the first socket.

use windows_sys::Win32::Networking::WinSock::{AF_INET, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket};

pub unsafe fn connect_any(addrs: &[SOCKADDR_IN]) -> Option<SOCKET> {
    let len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    let mut s = INVALID_SOCKET;
    for addr in addrs {
        s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP); //~ unclosed_socket
        if s == INVALID_SOCKET {
            return None;
        }
        if connect(s, (addr as *const SOCKADDR_IN).cast(), len) == 0 {
            return Some(s);
        }
    }
    None
}
