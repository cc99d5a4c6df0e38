//! The failure of accept as `!0` and as `usize::MAX`.

use std::io;
use windows_sys::Win32::Networking::WinSock::{accept, SOCKET};

pub fn one(listener: SOCKET) -> io::Result<SOCKET> {
    let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if s == !0 {
        return Err(io::Error::last_os_error());
    }
    Ok(s)
}

pub fn either(first: SOCKET, second: SOCKET) -> Option<SOCKET> {
    for listener in [first, second] {
        let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if s != usize::MAX {
            return Some(s);
        }
    }
    None
}
