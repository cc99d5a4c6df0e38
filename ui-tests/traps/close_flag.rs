//! The type closes only what it owns: a flag says so.

use std::io;
use windows_sys::Win32::Networking::WinSock as c;

pub struct Handle {
    raw: c::SOCKET,
    close_on_drop: bool,
}

impl Handle {
    pub fn borrowed(raw: c::SOCKET) -> Handle {
        Handle { raw, close_on_drop: false }
    }

    pub fn new() -> io::Result<Handle> {
        let raw = unsafe { c::socket(c::AF_INET6 as i32, c::SOCK_DGRAM, 0) };
        if raw == c::INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        Ok(Handle { raw, close_on_drop: true })
    }

    pub fn into_raw(mut self) -> c::SOCKET {
        self.close_on_drop = false;
        self.raw
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.close_on_drop {
            unsafe { c::closesocket(self.raw) };
        }
    }
}
