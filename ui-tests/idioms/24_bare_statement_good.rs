//! closesocket as a bare statement after the error was read.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, listen, SOCKET, SOCKET_ERROR};

pub fn listen_or_close(s: SOCKET, backlog: i32) -> io::Result<SOCKET> {
    unsafe {
        if listen(s, backlog) == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
    }
    Ok(s)
}
