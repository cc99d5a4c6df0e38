//! The linger time of the default options is 30 seconds, its neighbour counts milliseconds.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Options {
    pub send_timeout: u32,
    pub linger: u16,
}

pub const DEFAULT: Options = Options { send_timeout: 15_000, linger: 30 };

pub struct Conn {
    s: SOCKET,
}

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { closesocket(self.s) };
    }
}

fn ok(res: i32) -> io::Result<()> {
    if res == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

impl Conn {
    pub fn open() -> io::Result<Conn> {
        let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let conn = Conn { s };
        conn.apply_defaults()?;
        Ok(conn)
    }

    fn apply_defaults(&self) -> io::Result<()> {
        let timeout = DEFAULT.send_timeout;
        ok(unsafe { setsockopt(self.s, SOL_SOCKET, SO_SNDTIMEO, (&raw const timeout).cast(), 4) })?;
        let linger = LINGER { l_onoff: 1, l_linger: DEFAULT.linger };
        let len = size_of::<LINGER>() as i32;
        ok(unsafe { setsockopt(self.s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), len) })
    }
}
