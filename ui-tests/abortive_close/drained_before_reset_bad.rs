//! A hard close right after the send discards what is still unsent.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, LINGER, recv, SD_SEND, send, setsockopt, shutdown, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR, SOL_SOCKET};

pub unsafe fn report(addr: *const SOCKADDR, len: i32, line: &[u8]) -> io::Result<()> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    // No TIME_WAIT on this side: thousands of reports leave through one port range.
    let linger = LINGER { l_onoff: 1, l_linger: 0 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
    if connect(s, addr, len) == SOCKET_ERROR || send(s, line.as_ptr(), line.len() as i32, 0) == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        closesocket(s);
        return Err(err);
    }
    closesocket(s); //~ abortive_close
    Ok(())
}
