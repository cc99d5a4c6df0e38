//! The type's Drop calls closesocket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, INVALID_SOCKET, IPPROTO_UDP, setsockopt, SO_BROADCAST, SOCK_DGRAM, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

pub struct Udp {
    socket: SOCKET,
}

impl Udp {
    pub fn new() -> io::Result<Udp> {
        let socket = unsafe { socket(AF_INET6 as i32, SOCK_DGRAM, IPPROTO_UDP) };
        if socket != INVALID_SOCKET { Ok(Udp { socket }) } else { Err(io::Error::last_os_error()) }
    }

    pub fn set_broadcast(&self, on: bool) -> io::Result<()> {
        let on = i32::from(on);
        match unsafe { setsockopt(self.socket, SOL_SOCKET, SO_BROADCAST, (&raw const on).cast(), 4) } {
            SOCKET_ERROR => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }
}

impl Drop for Udp {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}
