//! Options of one helper: other options are cleared, SO_DONTLINGER is set.

use std::io;
use windows::Win32::Networking::WinSock::*;

fn set(s: SOCKET, option: i32, on: bool) -> bool {
    let value = i32::from(on);
    unsafe { setsockopt(s, SOL_SOCKET, option, Some(&value.to_ne_bytes())) == 0 }
}

pub fn plain_socket(linger: bool) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    let mut ok = set(s, SO_KEEPALIVE, false) && set(s, SO_REUSEADDR, false) && set(s, SO_OOBINLINE, false);
    if !linger {
        ok &= set(s, SO_DONTLINGER, !linger);
    }
    if ok {
        return Ok(s);
    }
    let err = io::Error::last_os_error();
    unsafe { closesocket(s) };
    Err(err)
}
