//! A let-chain with the check before the use.

use std::net::Ipv4Addr;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, sendto, SOCK_DGRAM, SOCKADDR_IN, socket};

pub fn announce(to: Option<(Ipv4Addr, u16)>, text: &str) -> bool {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) };
    if s == INVALID_SOCKET {
        return false;
    }
    let mut sent = -1;
    if let Some((ip, port)) = to
        && !ip.is_unspecified()
        && port != 0
    {
        let mut addr: SOCKADDR_IN = unsafe { std::mem::zeroed() };
        addr.sin_family = AF_INET;
        addr.sin_port = port.to_be();
        addr.sin_addr.S_un.S_addr = u32::from_ne_bytes(ip.octets());
        sent = unsafe { sendto(s, text.as_ptr(), text.len() as i32, 0, (&raw const addr).cast(), 16) };
    }
    unsafe { closesocket(s) };
    sent >= 0
}
