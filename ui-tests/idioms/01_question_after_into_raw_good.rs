//! `?` runs while the owner still lives; into_raw_socket comes last.

use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::windows::io::{AsRawSocket, IntoRawSocket, RawSocket};
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
    set_ttl(stream.as_raw_socket() as SOCKET, ttl)?;
    Ok(stream.into_raw_socket())
}
