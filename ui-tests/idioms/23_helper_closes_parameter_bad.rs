//! A helper closes its parameter on error, and the caller closes it as well.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, setsockopt, SO_RCVBUF, SO_SNDBUF, SOCK_STREAM, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

/// Takes the socket: on error it is closed.
fn enlarge(s: SOCKET, bytes: i32) -> io::Result<()> {
    for name in [SO_RCVBUF, SO_SNDBUF] {
        if unsafe { setsockopt(s, SOL_SOCKET, name, (&raw const bytes).cast(), 4) } == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { closesocket(s) };
            return Err(err);
        }
    }
    Ok(())
}

pub fn bulk() -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    match enlarge(s, 1 << 22) {
        Ok(()) => Ok(s),
        Err(e) => {
            unsafe { closesocket(s) }; //~ double_close
            Err(e)
        }
    }
}
