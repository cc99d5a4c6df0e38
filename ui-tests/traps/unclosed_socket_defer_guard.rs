//! A scope guard made from a closure closes the socket on each early return.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, SIO_KEEPALIVE_VALS, SOCK_STREAM, SOCKET, SOCKET_ERROR, WSAIoctl, closesocket, getsockopt,
    SO_RCVBUF, SOL_SOCKET, socket,
};

struct Defer<F: FnMut()>(F);

impl<F: FnMut()> Drop for Defer<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn defer<F: FnMut()>(f: F) -> Defer<F> {
    Defer(f)
}

fn receive_buffer(s: SOCKET) -> io::Result<i32> {
    let mut size = 0i32;
    let mut len = 4;
    match unsafe { getsockopt(s, SOL_SOCKET, SO_RCVBUF, (&raw mut size).cast(), &mut len) } {
        SOCKET_ERROR => Err(io::Error::last_os_error()),
        _ => Ok(size),
    }
}

/// What a new stream socket of this system looks like.
pub fn defaults(keepalive: &[u32; 3]) -> io::Result<(i32, bool)> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let _close = defer(|| {
        unsafe { closesocket(s) };
    });

    let size = receive_buffer(s)?;
    if size <= 0 {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut returned = 0;
    let rc = unsafe {
        WSAIoctl(s, SIO_KEEPALIVE_VALS, keepalive.as_ptr().cast(), 12, std::ptr::null_mut(), 0, &mut returned, std::ptr::null_mut(), None)
    };
    Ok((size, rc == 0))
}
