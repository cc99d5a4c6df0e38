//! Drop closes the socket and does not look at the result.

use std::io;
use winapi::um::winsock2::{closesocket, INVALID_SOCKET, SOCKET};

pub struct Socket {
    raw: SOCKET,
}

impl Socket {
    pub fn from_result(raw: SOCKET) -> io::Result<Socket> {
        if raw == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(Socket { raw }) }
    }

    pub fn raw(&self) -> SOCKET {
        self.raw
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        unsafe { closesocket(self.raw) }; //~ unchecked_close
    }
}
