//! The socket type's own method makes it blocking before the linger time is set.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

#[derive(Clone, Copy)]
struct Raw {
    handle: SOCKET,
}

impl Raw {
    fn stream() -> io::Result<Raw> {
        match unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) } {
            INVALID_SOCKET => Err(io::Error::last_os_error()),
            handle => Ok(Raw { handle }),
        }
    }

    fn set_nonblocking(self, nonblocking: bool) {
        let mut mode = nonblocking as u32;
        unsafe { ioctlsocket(self.handle, FIONBIO, &mut mode) };
    }

    fn set_linger(self, secs: Option<u16>) {
        let linger = LINGER { l_onoff: secs.is_some() as u16, l_linger: secs.unwrap_or_default() };
        unsafe { setsockopt(self.handle, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) };
    }
}

pub fn is_listening(addr: &SOCKADDR_IN) -> io::Result<bool> {
    let raw = Raw::stream()?;
    raw.set_nonblocking(true);
    let len = size_of::<SOCKADDR_IN>() as i32;
    let up = unsafe { connect(raw.handle, (addr as *const SOCKADDR_IN).cast(), len) } == 0;
    raw.set_nonblocking(false);
    raw.set_linger(Some(2));
    unsafe { closesocket(raw.handle) };
    Ok(up)
}
