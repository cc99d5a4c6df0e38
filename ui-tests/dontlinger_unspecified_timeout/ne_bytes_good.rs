//! The `windows` crate: the bytes of 1 mean "do not linger".

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, Result};

pub fn control_channel(addr: &SOCKADDR_IN6) -> Result<SOCKET> {
    let s = unsafe { socket(AF_INET6.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    let nodelay = unsafe { setsockopt(s, IPPROTO_TCP.0, TCP_NODELAY, Some(&1i32.to_ne_bytes())) };
    let dont = unsafe { setsockopt(s, SOL_SOCKET, SO_DONTLINGER, Some(&1i32.to_ne_bytes())) };
    let name = (addr as *const SOCKADDR_IN6).cast();
    let connected = unsafe { connect(s, name, size_of::<SOCKADDR_IN6>() as i32) };
    if [nodelay, dont, connected].contains(&SOCKET_ERROR) {
        let err = Error::from_thread();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(s)
}
