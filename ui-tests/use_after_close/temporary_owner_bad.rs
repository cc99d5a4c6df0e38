//! The stream is a temporary: it closes its socket at the end of the statement that takes the number.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{FIONREAD, ioctlsocket, SOCKET};

pub fn probe(addr: &str) -> io::Result<bool> {
    let raw = TcpStream::connect(addr)?.as_raw_socket() as SOCKET;
    let mut pending = 0u32;
    let r = unsafe { ioctlsocket(raw, FIONREAD, &mut pending) }; //~ use_after_close
    Ok(r == 0 && pending > 0)
}
