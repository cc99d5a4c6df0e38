//! `.map(Conn::from_raw)` builds a type that closes nothing; dropping it leaks.

use std::io;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, send, SOCKET, SOCKET_ERROR};

struct Conn {
    s: SOCKET,
}

impl Conn {
    fn from_raw(s: SOCKET) -> Self {
        Conn { s }
    }

    fn close(self) {
        unsafe { closesocket(self.s) };
    }
}

fn accept_one(listener: SOCKET) -> io::Result<SOCKET> {
    let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) }; //~ unclosed_socket
    (s != INVALID_SOCKET).then_some(s).ok_or_else(io::Error::last_os_error)
}

pub fn greet(listener: SOCKET) -> io::Result<()> {
    let conn = accept_one(listener).map(Conn::from_raw)?;
    let sent = unsafe { send(conn.s, b"220 ready\r\n".as_ptr(), 11, 0) };
    if sent == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    conn.close();
    Ok(())
}
