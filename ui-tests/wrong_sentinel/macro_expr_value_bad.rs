//! The expression form of `syscall!` is given 0 as the failure value.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

macro_rules! syscall {
    ($call:expr, $failure:expr) => {
        match unsafe { $call } {
            r if r == $failure => Err(io::Error::from_raw_os_error(unsafe { ws::WSAGetLastError() })),
            r => Ok(r),
        }
    };
}

pub struct Listener(ws::SOCKET);

impl Listener {
    pub fn accept(&self) -> io::Result<ws::SOCKET> {
        syscall!(ws::accept(self.0, std::ptr::null_mut(), std::ptr::null_mut()), 0) //~ wrong_sentinel
    }
}
