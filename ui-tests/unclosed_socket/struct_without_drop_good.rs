//! The local struct closes its socket in Drop.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IP_TTL, IPPROTO_IP, IPPROTO_UDP, setsockopt, SOCK_DGRAM, SOCKET, socket};

struct Probe {
    socket: SOCKET,
    ttl: u32,
}

impl Drop for Probe {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}

pub fn probe(ttl: u32) -> bool {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return false;
    }
    let p = Probe { socket: s, ttl };
    unsafe { setsockopt(p.socket, IPPROTO_IP, IP_TTL, (&raw const p.ttl).cast(), 4) == 0 }
}
