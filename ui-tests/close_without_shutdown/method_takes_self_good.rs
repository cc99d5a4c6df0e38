//! A method that consumes the connection says goodbye, shuts down and closes.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, SD_SEND, send, shutdown, SOCKET, SOCKET_ERROR};

pub struct Session {
    stream: SOCKET,
    user: String,
}

impl Session {
    pub fn new(stream: SOCKET, user: &str) -> Session {
        Session { stream, user: user.to_owned() }
    }

    pub fn quit(self) -> io::Result<()> {
        let line = format!("QUIT {}\r\n", self.user);
        let n = unsafe { send(self.stream, line.as_ptr(), line.len() as i32, 0) };
        if n == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { closesocket(self.stream) };
            return Err(err);
        }
        unsafe { shutdown(self.stream, SD_SEND) };
        unsafe { closesocket(self.stream) };
        Ok(())
    }
}
