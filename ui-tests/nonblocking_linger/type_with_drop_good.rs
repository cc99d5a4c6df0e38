//! Linger is off on the nonblocking socket that Drop closes.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, IPPROTO_TCP, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

struct Conn(SOCKET);

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

fn cvt(r: i32) -> io::Result<()> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn notify(addr: &SOCKADDR_IN, line: &[u8]) -> io::Result<bool> {
    let raw = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if raw == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let conn = Conn(raw);
    let len = size_of::<SOCKADDR_IN>() as i32;
    cvt(unsafe { connect(conn.0, (addr as *const SOCKADDR_IN).cast(), len) })?;
    let mut on: u32 = 1;
    cvt(unsafe { ioctlsocket(conn.0, FIONBIO, &mut on) })?;
    let linger = LINGER { l_onoff: 0, l_linger: 1 };
    cvt(unsafe { setsockopt(conn.0, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) })?;
    let n = unsafe { send(conn.0, line.as_ptr(), line.len() as i32, 0) };
    Ok(n == line.len() as i32)
}
