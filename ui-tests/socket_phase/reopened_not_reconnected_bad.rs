//! After a failed send the loop opens a new socket, but does not connect it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, send, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOCKET_ERROR};

fn open() -> io::Result<SOCKET> {
    match unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) } {
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

fn dial(addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    let s = open()?;
    if unsafe { connect(s, addr, len) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(s)
}

pub fn deliver(addr: *const SOCKADDR, len: i32, line: &[u8], attempts: u32) -> io::Result<()> {
    let mut s = dial(addr, len)?;
    let mut left = attempts;
    while unsafe { send(s, line.as_ptr(), line.len() as i32, 0) } == SOCKET_ERROR { //~ socket_phase
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        if left == 0 {
            return Err(err);
        }
        left -= 1;
        s = open()?;
    }
    unsafe { closesocket(s) };
    Ok(())
}
