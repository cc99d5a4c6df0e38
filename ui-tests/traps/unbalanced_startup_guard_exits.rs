//! The start-up is matched on each of the `?` exits by the guard's drop, and stop() only makes the drop early.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, SO_RCVTIMEO, SOCK_DGRAM, SOCKET, SOL_SOCKET, WSACleanup, WSADATA, WSAStartup,
    closesocket, setsockopt, socket,
};

struct Started;

impl Started {
    fn new() -> io::Result<Started> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => Ok(Started),
            code => Err(io::Error::from_raw_os_error(code)),
        }
    }

    fn stop(self) {}
}

impl Drop for Started {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

fn open() -> io::Result<SOCKET> {
    match unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) } {
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

pub fn takes_timeout(ms: u32) -> io::Result<bool> {
    let started = Started::new()?;
    let s = open()?;
    let res = unsafe { setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (&raw const ms).cast(), 4) };
    let closed = unsafe { closesocket(s) };
    if closed != 0 {
        return Err(io::Error::last_os_error());
    }
    started.stop();
    Ok(res == 0)
}
