//! One arm makes the socket nonblocking, the other makes it linger; no path does both.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

pub enum Mode {
    Poll,
    Wait { secs: u16 },
}

pub fn check(mode: &Mode, addr: &SOCKADDR_IN) -> io::Result<bool> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    match *mode {
        Mode::Poll => unsafe {
            ioctlsocket(s, FIONBIO, &mut 1);
        },
        Mode::Wait { secs } => unsafe {
            let linger = LINGER { l_onoff: 1, l_linger: secs.max(1) };
            setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
        },
    }
    let up = unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) } == 0;
    unsafe { closesocket(s) };
    Ok(up)
}
