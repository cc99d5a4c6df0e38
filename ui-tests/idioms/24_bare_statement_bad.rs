//! closesocket as a bare statement between the failed call and its error.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, listen, SOCKET, SOCKET_ERROR};

pub fn listen_or_close(s: SOCKET, backlog: i32) -> io::Result<SOCKET> {
    unsafe {
        if listen(s, backlog) == SOCKET_ERROR {
            closesocket(s);
            return Err(io::Error::last_os_error()); //~ clobbered_error
        }
    }
    Ok(s)
}
