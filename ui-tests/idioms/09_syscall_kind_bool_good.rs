//! `syscall!(BOOL, ..)` around a BOOL, `syscall!(INT, ..)` around listen.

use std::io;
use windows_sys::Win32::Foundation::{HANDLE, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock::{listen, SOCKET, SOCKET_ERROR};

macro_rules! syscall {
    (BOOL, $e:expr) => {
        match unsafe { $e } {
            0 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    };
    (INT, $e:expr) => {
        match unsafe { $e } {
            SOCKET_ERROR => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    };
}

pub fn start(s: SOCKET, backlog: i32) -> io::Result<()> {
    syscall!(BOOL, SetHandleInformation(s as HANDLE, 1, 0))?;
    syscall!(INT, listen(s, backlog))
}
