//! `close` takes self and closes by hand; then self is dropped and closes again.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET, socket, SOCKET_ERROR};

pub struct Connection {
    socket: SOCKET,
}

impl Connection {
    pub fn close(self) -> io::Result<()> {
        match unsafe { closesocket(self.socket) } { //~ double_close
            SOCKET_ERROR => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}
