//! The failure predicate holds when the call failed.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SD_SEND, shutdown, SOCKET, socket};

macro_rules! wsa_try {
    ($fn:ident ( $($arg:expr),* ), $failed:expr) => {{
        let r = unsafe { $fn($($arg),*) };
        if ($failed)(r) { Err(io::Error::last_os_error()) } else { Ok(r) }
    }};
}

pub struct Half {
    socket: SOCKET,
}

impl Half {
    pub fn finish_writing(&self) -> io::Result<()> {
        wsa_try!(shutdown(self.socket, SD_SEND), |r| r != 0).map(drop)
    }
}
