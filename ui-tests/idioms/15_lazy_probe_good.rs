//! A LazyLock asks whether IPv6 works and closes its temporary socket.

use std::sync::LazyLock;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, socket};

pub static HAS_IPV6: LazyLock<bool> = LazyLock::new(|| unsafe {
    let s = socket(AF_INET6 as i32, SOCK_DGRAM, IPPROTO_UDP);
    if s == INVALID_SOCKET {
        return false;
    }
    closesocket(s);
    true
});
