//! Dropping the guard closes the socket before the error is read.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

struct Guard(SOCKET);

impl Drop for Guard {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

pub fn can_bind(addr: &SOCKADDR_IN) -> io::Result<()> {
    let guard = match unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) } {
        INVALID_SOCKET => return Err(io::Error::last_os_error()),
        s => Guard(s),
    };
    let len = size_of::<SOCKADDR_IN>() as i32;
    let bound = unsafe { bind(guard.0, (addr as *const SOCKADDR_IN).cast(), len) };
    drop(guard);
    if bound == SOCKET_ERROR {
        return Err(io::Error::last_os_error()); //~ clobbered_error
    }
    Ok(())
}
