//! The error is captured first; inspect_err closes after.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, IP_TTL, IPPROTO_IP, setsockopt, SOCKET};

pub fn set_ttl(s: SOCKET, ttl: u32) -> io::Result<SOCKET> {
    let res = unsafe { setsockopt(s, IPPROTO_IP, IP_TTL, (&raw const ttl).cast(), 4) };
    (res == 0)
        .then_some(s)
        .ok_or_else(io::Error::last_os_error)
        .inspect_err(|_| {
            unsafe { closesocket(s) };
        })
}
