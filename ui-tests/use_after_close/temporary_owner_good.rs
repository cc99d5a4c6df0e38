//! The stream is bound to a name and lives through the call.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{FIONREAD, ioctlsocket, SOCKET};

pub fn probe(addr: &str) -> io::Result<bool> {
    let stream = TcpStream::connect(addr)?;
    let raw = stream.as_raw_socket() as SOCKET;
    let mut pending = 0u32;
    let r = unsafe { ioctlsocket(raw, FIONREAD, &mut pending) };
    Ok(r == 0 && pending > 0)
}
