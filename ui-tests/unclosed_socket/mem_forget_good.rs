//! Forgotten only after the descriptor went to the caller.

use std::net::UdpSocket;
use std::os::windows::io::{AsRawSocket, RawSocket};

pub fn detach(addr: &str) -> std::io::Result<RawSocket> {
    let sock = UdpSocket::bind(addr)?;
    let raw = sock.as_raw_socket();
    std::mem::forget(sock);
    Ok(raw)
}
