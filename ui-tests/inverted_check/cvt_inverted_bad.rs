//! The project's `cvt` takes everything but SOCKET_ERROR for the failure.

use std::io::{self, Read};
use winapi::um::winsock2::{FIONREAD, SD_RECEIVE, SOCKET, SOCKET_ERROR, closesocket, ioctlsocket, recv, shutdown};

pub struct Source {
    socket: SOCKET,
}

fn cvt(rc: i32) -> io::Result<()> {
    if rc == SOCKET_ERROR { Ok(()) } else { Err(io::Error::last_os_error()) } //~ inverted_check
}

impl Source {
    /// Owns `socket` from here on.
    pub unsafe fn new(socket: SOCKET) -> Source {
        Source { socket }
    }

    pub fn available(&self) -> io::Result<usize> {
        let mut n = 0;
        cvt(unsafe { ioctlsocket(self.socket, FIONREAD, &mut n) })?;
        Ok(n as usize)
    }

    pub fn stop(&self) -> io::Result<()> {
        cvt(unsafe { shutdown(self.socket, SD_RECEIVE) })
    }
}

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match unsafe { recv(self.socket, buf.as_mut_ptr().cast(), buf.len() as i32, 0) } {
            SOCKET_ERROR => Err(io::Error::last_os_error()),
            n => Ok(n as usize),
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}
