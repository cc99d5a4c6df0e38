//! One flag decides: the socket is nonblocking or lingers, never both.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, IPPROTO_TCP, LINGER, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOL_SOCKET};

pub struct Options {
    pub nonblocking: bool,
}

pub fn try_connect(options: &Options, addr: *const SOCKADDR, len: i32) -> io::Result<bool> {
    let s = match unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) } {
        INVALID_SOCKET => return Err(io::Error::last_os_error()),
        s => s,
    };
    if options.nonblocking {
        let mut on = 1;
        unsafe { ioctlsocket(s, FIONBIO, &mut on) };
    }
    if !options.nonblocking {
        let linger = LINGER { l_onoff: 1, l_linger: 2 };
        unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) };
    }
    let connected = unsafe { connect(s, addr, len) } == 0;
    unsafe { closesocket(s) };
    Ok(connected)
}
