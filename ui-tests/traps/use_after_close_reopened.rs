//! The variable is closed and then holds a new socket; the same name is a different descriptor.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, INVALID_SOCKET, IPPROTO_IPV6, IPV6_V6ONLY, SO_BROADCAST, SOCK_DGRAM, SOCKET, SOL_SOCKET,
    closesocket, setsockopt, socket,
};

fn open(family: u16) -> io::Result<SOCKET> {
    match unsafe { socket(family.into(), SOCK_DGRAM, 0) } {
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

fn set(s: SOCKET, level: i32, name: i32, value: i32) -> bool {
    unsafe { setsockopt(s, level, name, (&raw const value).cast(), 4) == 0 }
}

/// A dual-stack socket, or one for IPv4 where there is no IPv6.
pub fn discovery() -> io::Result<(SOCKET, bool)> {
    let mut s = open(AF_INET6)?;
    let mut six = true;
    if !set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0) {
        unsafe { closesocket(s) };
        println!("gave up {s}");
        s = open(AF_INET)?;
        six = false;
    }
    if !set(s, SOL_SOCKET, SO_BROADCAST, 1) {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok((s, six))
}
