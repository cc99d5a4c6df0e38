//! io::Error: the peer's address is asked for while the socket is open, and only logged.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, getpeername, SOCKADDR_STORAGE, SOCKET, SOCKET_ERROR};

fn cvt(r: i32) -> io::Result<()> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn disconnect(s: SOCKET) -> io::Result<()> {
    let mut addr: SOCKADDR_STORAGE = unsafe { std::mem::zeroed() };
    let mut len = size_of::<SOCKADDR_STORAGE>() as i32;
    let asked = cvt(unsafe { getpeername(s, (&raw mut addr).cast(), &mut len) });
    match asked {
        Err(err) => eprintln!("{s} was not connected: {err}"),
        Ok(()) => eprintln!("{s} was connected, family {}", addr.ss_family),
    }
    cvt(unsafe { closesocket(s) })
}
