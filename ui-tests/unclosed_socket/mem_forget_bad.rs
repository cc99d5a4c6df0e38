//! `mem::forget` on an owner whose descriptor nobody keeps.

use std::net::UdpSocket;
use std::os::windows::io::{AsRawSocket, RawSocket};

pub fn detach(addr: &str) -> std::io::Result<RawSocket> {
    let sock = UdpSocket::bind(addr)?;
    let port = sock.local_addr()?.port();
    std::mem::forget(sock); //~ unclosed_socket
    Ok(port.into())
}

pub fn keep(sock: &UdpSocket) -> RawSocket {
    sock.as_raw_socket()
}
