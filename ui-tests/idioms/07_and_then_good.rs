//! `.and_then(|s| ..)` closes when its own step fails.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, setsockopt, SO_BROADCAST, SOCK_DGRAM, SOCKET, socket, SOL_SOCKET};

fn open(family: u16) -> io::Result<SOCKET> {
    match unsafe { socket(family as i32, SOCK_DGRAM, 0) } {
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

pub fn broadcast() -> io::Result<SOCKET> {
    open(AF_INET).and_then(|s| {
        let on = 1i32;
        match unsafe { setsockopt(s, SOL_SOCKET, SO_BROADCAST, (&raw const on).cast(), size_of::<i32>() as i32) } {
            0 => Ok(s),
            _ => {
                let err = io::Error::last_os_error();
                unsafe { closesocket(s) };
                Err(err)
            }
        }
    })
}
