//! `?` between creation and wrapping in an owner.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::os::windows::io::FromRawSocket;
use windows_sys::Win32::Networking::WinSock::{AF_INET, AF_INET6, INVALID_SOCKET, SOCK_DGRAM, SOCKET, socket};

fn new_socket(addr: &SocketAddr) -> io::Result<SOCKET> {
    let family = if addr.is_ipv4() { AF_INET } else { AF_INET6 };
    match unsafe { socket(family as i32, SOCK_DGRAM, 0) } { //~ unclosed_socket
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

pub fn open(text: &str, hops: &str) -> io::Result<(UdpSocket, u32)> {
    let addr: SocketAddr = text.parse().map_err(io::Error::other)?;
    let raw = new_socket(&addr)?;
    let hops: u32 = hops.parse().map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    let socket = unsafe { UdpSocket::from_raw_socket(raw as _) };
    socket.set_ttl(hops)?;
    Ok((socket, hops))
}
