//! An explicit close stores INVALID_SOCKET in the field, and Drop closes only what is left.

use std::io;
use std::os::windows::io::{FromRawSocket, IntoRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, SOCKET_ERROR, WSAGetLastError, closesocket};

pub struct Handle {
    socket: SOCKET,
    closes: u32,
}

impl Handle {
    pub fn close(mut self) -> io::Result<()> {
        self.close_inner()
    }

    fn close_inner(&mut self) -> io::Result<()> {
        let socket = std::mem::replace(&mut self.socket, INVALID_SOCKET);
        if socket == INVALID_SOCKET {
            return Ok(());
        }
        self.closes += 1;
        match unsafe { closesocket(socket) } {
            SOCKET_ERROR => Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })),
            _ => Ok(()),
        }
    }

    /// Closes the current socket, if any, and takes another over.
    pub fn replace(&mut self, socket: SOCKET) {
        let _ = self.close_inner();
        self.socket = socket;
    }
}

impl FromRawSocket for Handle {
    unsafe fn from_raw_socket(sock: RawSocket) -> Handle {
        Handle { socket: sock as SOCKET, closes: 0 }
    }
}

impl IntoRawSocket for Handle {
    fn into_raw_socket(mut self) -> RawSocket {
        std::mem::replace(&mut self.socket, INVALID_SOCKET) as RawSocket
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.socket != INVALID_SOCKET {
            unsafe { closesocket(self.socket) };
        }
    }
}
