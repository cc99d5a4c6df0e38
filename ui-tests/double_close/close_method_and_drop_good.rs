//! `close` forgets self once the descriptor is closed.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET, socket, SOCKET_ERROR};

pub struct Connection {
    socket: SOCKET,
}

impl Connection {
    pub fn close(self) -> io::Result<()> {
        let socket = self.socket;
        std::mem::forget(self);
        match unsafe { closesocket(socket) } {
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
