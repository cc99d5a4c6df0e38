//! The error of a failed bind is read after the socket was closed.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET6, INVALID_SOCKET, IPPROTO_IPV6, IPV6_V6ONLY, SOCK_DGRAM, SOCKADDR_IN6, SOCKET, bind, closesocket, setsockopt,
    socket,
};

pub struct Options {
    pub only_v6: bool,
    pub local: SOCKADDR_IN6,
}

fn apply(s: SOCKET, options: &Options) -> bool {
    let only = u32::from(options.only_v6);
    unsafe {
        setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (&raw const only).cast(), 4) == 0
            && bind(s, (&raw const options.local).cast(), size_of::<SOCKADDR_IN6>() as i32) == 0
    }
}

pub fn open(options: &Options) -> io::Result<SOCKET> {
    let s = unsafe { socket(i32::from(AF_INET6), SOCK_DGRAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if !apply(s, options) {
        unsafe { closesocket(s) };
        return Err(io::Error::last_os_error()); //~ clobbered_error
    }
    Ok(s)
}
