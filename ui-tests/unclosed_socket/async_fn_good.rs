//! The descriptor goes to its owner before anything can fail.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::FromRawSocket;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, socket};

async fn ready(socket: &UdpSocket) -> io::Result<()> {
    socket.set_broadcast(true)
}

pub async fn open(port: &str) -> io::Result<UdpSocket> {
    let raw = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if raw == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let owned = unsafe { UdpSocket::from_raw_socket(raw as _) };
    let ttl: u32 = port.parse().map_err(io::Error::other)?;
    owned.set_ttl(ttl)?;
    ready(&owned).await?;
    Ok(owned)
}
