//! The result of closesocket is thrown away by a bare statement.

use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, INVALID_SOCKET, SOCK_DGRAM, socket};

pub fn has_ipv6() -> bool {
    let s = unsafe { socket(AF_INET6 as i32, SOCK_DGRAM, 0) };
    if s == INVALID_SOCKET {
        return false;
    }
    unsafe { closesocket(s) }; //~ unchecked_close
    true
}
