//! `?` right after into_raw_socket: the descriptor has no owner any more.

use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::windows::io::{IntoRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{IP_TTL, IPPROTO_IP, setsockopt, SOCKET, SOCKET_ERROR};

fn set_ttl(s: SOCKET, ttl: u32) -> io::Result<()> {
    if unsafe { setsockopt(s, IPPROTO_IP, IP_TTL, (&raw const ttl).cast(), size_of::<u32>() as i32) } == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

pub fn detach<A: ToSocketAddrs>(addr: A, ttl: u32) -> io::Result<RawSocket> {
    let stream = TcpStream::connect(addr)?;
    stream.set_nodelay(true)?;
    let raw = stream.into_raw_socket(); //~ unclosed_socket
    set_ttl(raw as SOCKET, ttl)?;
    Ok(raw)
}
