//! inspect_err closes and or_else reads the code after it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, IP_TTL, IPPROTO_IP, setsockopt, SOCKET};

pub fn set_ttl(s: SOCKET, ttl: u32) -> io::Result<SOCKET> {
    let res = unsafe { setsockopt(s, IPPROTO_IP, IP_TTL, (&raw const ttl).cast(), 4) };
    (res == 0)
        .then_some(s)
        .ok_or(())
        .inspect_err(|()| {
            unsafe { closesocket(s) };
        })
        .or_else(|()| Err(io::Error::last_os_error())) //~ clobbered_error
}
