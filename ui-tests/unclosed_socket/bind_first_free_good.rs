//! Trying one address after the other: a socket that cannot be bound is closed before the next.

use std::io;
use std::net::SocketAddrV4;
use winapi::shared::ws2def::{AF_INET, SOCKADDR, SOCKADDR_IN};
use winapi::um::winsock2::{
    INVALID_SOCKET, SOCK_DGRAM, SOCKET, SOCKET_ERROR, WSAGetLastError, bind, closesocket, htons, socket,
};

pub struct Endpoint {
    pub socket: SOCKET,
    pub local: SocketAddrV4,
}

fn to_sockaddr(addr: &SocketAddrV4) -> SOCKADDR_IN {
    let mut sa: SOCKADDR_IN = unsafe { std::mem::zeroed() };
    sa.sin_family = AF_INET as u16;
    sa.sin_port = unsafe { htons(addr.port()) };
    unsafe { *sa.sin_addr.S_un.S_addr_mut() = u32::from_ne_bytes(addr.ip().octets()) };
    sa
}

fn open_datagram() -> Option<SOCKET> {
    let s = unsafe { socket(AF_INET, SOCK_DGRAM, 0) };
    (s != INVALID_SOCKET).then_some(s)
}

pub fn bind_first_free(candidates: &[SocketAddrV4]) -> io::Result<Endpoint> {
    let mut last_err = io::Error::from(io::ErrorKind::InvalidInput);
    for addr in candidates {
        let Some(socket) = open_datagram() else {
            return Err(io::Error::last_os_error());
        };
        let sa = to_sockaddr(addr);
        let rc = unsafe { bind(socket, &sa as *const SOCKADDR_IN as *const SOCKADDR, size_of::<SOCKADDR_IN>() as i32) };
        if rc == SOCKET_ERROR {
            last_err = io::Error::from_raw_os_error(unsafe { WSAGetLastError() });
            unsafe { closesocket(socket) };
            continue;
        }
        return Ok(Endpoint { socket, local: *addr });
    }
    Err(last_err)
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}
