//! The caller may have set a time on its socket long before this function clears SO_DONTLINGER.

use std::io;
use windows_sys::Win32::Networking::WinSock::{setsockopt, SO_DONTLINGER, SOCKET, SOL_SOCKET};

pub struct Connection {
    socket: SOCKET,
}

impl Connection {
    pub fn linger_again(&self) -> io::Result<()> {
        let dont = 0i32;
        match unsafe { setsockopt(self.socket, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

pub unsafe fn linger_again(s: SOCKET) -> bool {
    setsockopt(s, SOL_SOCKET, SO_DONTLINGER, &0i32 as *const _ as *const u8, 4) == 0
}
