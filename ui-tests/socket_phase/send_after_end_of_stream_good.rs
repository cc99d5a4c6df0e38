//! The last line is sent before the stream is ended.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SD_SEND, send, shutdown, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

struct Conn(SOCKET);

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

impl Conn {
    fn open(addr: &SOCKADDR_IN) -> io::Result<Conn> {
        let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let conn = Conn(s);
        cvt(unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) })?;
        Ok(conn)
    }

    fn end(&self) -> io::Result<()> {
        cvt(unsafe { shutdown(self.0, SD_SEND) }).map(|_| ())
    }
}

pub fn submit(addr: &SOCKADDR_IN, body: &[u8]) -> io::Result<()> {
    let conn = Conn::open(addr)?;
    cvt(unsafe { send(conn.0, body.as_ptr(), body.len() as i32, 0) })?;
    cvt(unsafe { send(conn.0, b"QUIT\r\n".as_ptr(), 6, 0) })?;
    conn.end()
}
