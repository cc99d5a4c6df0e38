//! The constructor wraps first and fails after: its Drop has closed when the caller closes.

use std::io;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, IPPROTO_TCP, setsockopt, SOCKET, SOCKET_ERROR, TCP_NODELAY};

pub struct Stream {
    s: SOCKET,
}

impl Stream {
    /// Owns `s` from here on, also when it fails.
    fn new(s: SOCKET) -> io::Result<Stream> {
        let stream = Stream { s };
        let on = 1i32;
        if unsafe { setsockopt(stream.s, IPPROTO_TCP, TCP_NODELAY, (&raw const on).cast(), 4) } == SOCKET_ERROR {
            return Err(io::Error::last_os_error());
        }
        Ok(stream)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        unsafe { closesocket(self.s) };
    }
}

pub fn accept_stream(listener: SOCKET) -> io::Result<Stream> {
    let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    match Stream::new(s) {
        Ok(stream) => Ok(stream),
        Err(e) => {
            unsafe { closesocket(s) }; //~ double_close
            Err(e)
        }
    }
}
