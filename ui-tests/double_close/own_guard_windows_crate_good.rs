//! windows crate: the error branch leaves the close to the guard.

use windows::core::{Error, Result};
use windows::Win32::Networking::WinSock::{
    bind, closesocket, socket, AF_INET6, IPPROTO_UDP, SOCKADDR_IN6, SOCKET, SOCKET_ERROR, SOCK_DGRAM,
};

pub struct UdpV6(SOCKET);

impl Drop for UdpV6 {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

pub fn bound(addr: &SOCKADDR_IN6) -> Result<UdpV6> {
    let udp = UdpV6(unsafe { socket(AF_INET6.0 as i32, SOCK_DGRAM, IPPROTO_UDP.0)? });
    let len = std::mem::size_of::<SOCKADDR_IN6>() as i32;
    if unsafe { bind(udp.0, (addr as *const SOCKADDR_IN6).cast(), len) } == SOCKET_ERROR {
        let err = Error::from_thread();
        return Err(err);
    }
    Ok(udp)
}
