//! What can fail comes before the socket; the literal cannot fail.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, SOCK_DGRAM, SOCKET, socket};

pub struct Recorder {
    socket: SOCKET,
    log: std::fs::File,
}

fn open() -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) };
    if s != INVALID_SOCKET { Ok(s) } else { Err(io::Error::last_os_error()) }
}

impl Recorder {
    pub fn create(path: &str) -> io::Result<Self> {
        let log = std::fs::File::create(path)?;
        Ok(Recorder {
            socket: open()?,
            log,
        })
    }

    pub fn len(&self) -> io::Result<u64> {
        Ok(self.log.metadata()?.len())
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}
