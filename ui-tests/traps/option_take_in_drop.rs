//! `take` makes the explicit close and the one in Drop exclude each other.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKET, socket, SOCKET_ERROR};

pub struct Link {
    socket: Option<SOCKET>,
}

impl Link {
    pub fn open() -> io::Result<Link> {
        match unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) } {
            INVALID_SOCKET => Err(io::Error::last_os_error()),
            s => Ok(Link { socket: Some(s) }),
        }
    }

    pub fn close(&mut self) -> io::Result<()> {
        if let Some(s) = self.socket.take()
            && unsafe { closesocket(s) } == SOCKET_ERROR
        {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let _ = self.close();
    }
}

pub fn open_and_close() -> io::Result<()> {
    let mut link = Link::open()?;
    link.close()
}
