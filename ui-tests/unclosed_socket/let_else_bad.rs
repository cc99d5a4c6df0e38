//! The `else` of a let-else leaves with the socket open.

use std::net::Ipv4Addr;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, getsockname, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, socket};

pub fn local_port(host: &str) -> Option<u16> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) }; //~ unclosed_socket
    if s == INVALID_SOCKET {
        return None;
    }
    let Ok(ip) = host.parse::<Ipv4Addr>() else {
        return None;
    };
    let mut addr: SOCKADDR_IN = unsafe { std::mem::zeroed() };
    addr.sin_family = AF_INET;
    addr.sin_addr.S_un.S_addr = u32::from(ip).to_be();
    let mut len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    let ok = unsafe {
        bind(s, (&raw const addr).cast(), len) == 0 && getsockname(s, (&raw mut addr).cast(), &mut len) == 0
    };
    unsafe { closesocket(s) };
    ok.then(|| u16::from_be(addr.sin_port))
}
