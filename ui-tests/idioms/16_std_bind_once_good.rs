//! Winsock is started by a std bind in a Once; the socket goes to an owner.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::FromRawSocket;
use std::sync::Once;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, INVALID_SOCKET, IPPROTO_IPV6, IPV6_V6ONLY, setsockopt, SOCK_DGRAM, socket};

fn init() {
    static INIT: Once = Once::new();
    INIT.call_once(|| {
        // std calls WSAStartup on first use.
        let _ = UdpSocket::bind("127.0.0.1:0");
    });
}

pub fn ipv6_only() -> io::Result<UdpSocket> {
    init();
    let s = unsafe { socket(AF_INET6 as i32, SOCK_DGRAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let owned = unsafe { UdpSocket::from_raw_socket(s as _) };
    let on = 1u32;
    match unsafe { setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (&raw const on).cast(), 4) } {
        0 => Ok(owned),
        _ => Err(io::Error::last_os_error()),
    }
}
