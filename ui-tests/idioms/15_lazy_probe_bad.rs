//! A LazyLock asks whether IPv6 works and leaves its temporary socket open.

use std::sync::LazyLock;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, socket};

pub static HAS_IPV6: LazyLock<bool> = LazyLock::new(|| unsafe {
    let s = socket(AF_INET6 as i32, SOCK_DGRAM, IPPROTO_UDP); //~ unclosed_socket
    s != INVALID_SOCKET
});
