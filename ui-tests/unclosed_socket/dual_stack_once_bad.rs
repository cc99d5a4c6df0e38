//! A OnceLock closure finds out about dual stack; one of its early returns keeps the probe socket open.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::OnceLock;

static DUAL_STACK: OnceLock<bool> = OnceLock::new();

pub fn has_dual_stack() -> bool {
    *DUAL_STACK.get_or_init(|| {
        use windows_sys::Win32::Networking::WinSock::{
            AF_INET6, INVALID_SOCKET, IPPROTO_IPV6, IPPROTO_TCP, IPV6_V6ONLY, SOCK_STREAM, closesocket, getsockopt,
            setsockopt, socket,
        };

        unsafe {
            let probe = socket(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP); //~ unclosed_socket
            if probe == INVALID_SOCKET {
                return false;
            }
            let off = 0u32;
            let set = setsockopt(probe, IPPROTO_IPV6, IPV6_V6ONLY, (&raw const off).cast(), 4);
            if set != 0 {
                return false;
            }
            let mut now = 1u32;
            let mut len = 4;
            let got = getsockopt(probe, IPPROTO_IPV6, IPV6_V6ONLY, (&raw mut now).cast(), &mut len);
            closesocket(probe);
            got == 0 && now == 0
        }
    })
}

pub fn wildcard(port: u16) -> SocketAddr {
    let ip = if has_dual_stack() { IpAddr::from(Ipv6Addr::UNSPECIFIED) } else { Ipv4Addr::UNSPECIFIED.into() };
    SocketAddr::new(ip, port)
}
