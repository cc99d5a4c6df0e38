//! The flag close_on_drop is cleared on the way on which Drop ought to close.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, setsockopt, SO_BROADCAST, SOCK_DGRAM, SOCKET, socket, SOL_SOCKET};

struct Guard {
    s: SOCKET,
    close_on_drop: bool,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.close_on_drop {
            unsafe { closesocket(self.s) };
        }
    }
}

pub fn open(on: u32) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) }; //~ unclosed_socket
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut guard = Guard { s, close_on_drop: true };
    guard.close_on_drop = false;
    if unsafe { setsockopt(guard.s, SOL_SOCKET, SO_BROADCAST, (&raw const on).cast(), 4) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(guard.s)
}
