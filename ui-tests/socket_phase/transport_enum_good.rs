//! The server endpoint listens only if its transport is TCP.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM, SOCKADDR_IN, SOCKET, SOMAXCONN, bind,
    closesocket, listen, socket,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Tcp,
    Udp,
}

pub struct Endpoint {
    raw: SOCKET,
    pub transport: Transport,
}

impl Endpoint {
    fn bound(transport: Transport, addr: &SOCKADDR_IN) -> io::Result<Endpoint> {
        let (kind, protocol) = match transport {
            Transport::Tcp => (SOCK_STREAM, IPPROTO_TCP),
            Transport::Udp => (SOCK_DGRAM, IPPROTO_UDP),
        };
        let raw = unsafe { socket(AF_INET as i32, kind, protocol) };
        if raw == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let endpoint = Endpoint { raw, transport };
        let name = std::ptr::from_ref(addr).cast();
        if unsafe { bind(raw, name, size_of::<SOCKADDR_IN>() as i32) } != 0 {
            return Err(io::Error::last_os_error());
        }
        if endpoint.transport == Transport::Tcp && unsafe { listen(endpoint.raw, SOMAXCONN as i32) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(endpoint)
    }

    pub fn server(transport: Transport, addr: &SOCKADDR_IN) -> io::Result<Endpoint> {
        Endpoint::bound(transport, addr)
    }
}

impl Drop for Endpoint {
    #[cfg(windows)]
    fn drop(&mut self) {
        unsafe { closesocket(self.raw) };
    }

    #[cfg(unix)]
    fn drop(&mut self) {
        unsafe { libc::close(self.raw) };
    }
}
