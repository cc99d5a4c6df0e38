//! The literal already owns the socket; the error path closes it beside its Drop.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

pub struct Peer {
    socket: SOCKET,
    port: u16,
}

impl Peer {
    pub fn open(port: u16) -> io::Result<Peer> {
        let socket = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
        if socket == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let peer = Peer { socket, port };
        let mut addr: SOCKADDR_IN = unsafe { std::mem::zeroed() };
        addr.sin_family = AF_INET;
        addr.sin_port = peer.port.to_be();
        if unsafe { bind(peer.socket, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { closesocket(socket) }; //~ double_close
            return Err(err);
        }
        Ok(peer)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}
