//! The first socket is closed before its variable is reused.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket};

pub unsafe fn connect_any(addrs: &[SOCKADDR_IN]) -> Option<SOCKET> {
    let len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    let mut s = INVALID_SOCKET;
    for addr in addrs {
        if s != INVALID_SOCKET {
            closesocket(s);
        }
        s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
        if s == INVALID_SOCKET {
            return None;
        }
        if connect(s, (addr as *const SOCKADDR_IN).cast(), len) == 0 {
            return Some(s);
        }
    }
    if s != INVALID_SOCKET {
        closesocket(s);
    }
    None
}
