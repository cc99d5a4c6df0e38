//! io::Error: a guard looks for WSAENOTSOCK in the answer to a question about the closed socket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, getpeername, SOCKADDR_STORAGE, SOCKET, SOCKET_ERROR, WSAENOTSOCK};

fn cvt(r: i32) -> io::Result<()> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn disconnect(s: SOCKET) -> io::Result<()> {
    let mut addr: SOCKADDR_STORAGE = unsafe { std::mem::zeroed() };
    let mut len = size_of::<SOCKADDR_STORAGE>() as i32;
    cvt(unsafe { closesocket(s) })?;
    let asked = cvt(unsafe { getpeername(s, (&raw mut addr).cast(), &mut len) }); //~ use_after_close
    match asked {
        Err(err) if err.raw_os_error() == Some(WSAENOTSOCK) => Ok(()), //~ relies_on_enotsock
        Err(err) => Err(err),
        Ok(()) => Err(io::ErrorKind::ResourceBusy.into()),
    }
}
