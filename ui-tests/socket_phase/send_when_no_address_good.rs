//! Without an address the function gives up before it sends.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, send, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

struct Stream(SOCKET);

impl Drop for Stream {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

pub fn log_line(collector: Option<&SOCKADDR_IN>, line: &str) -> io::Result<()> {
    let raw = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if raw == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let stream = Stream(raw);
    if let Some(addr) = collector {
        let name = (addr as *const SOCKADDR_IN).cast();
        cvt(unsafe { connect(stream.0, name, size_of::<SOCKADDR_IN>() as i32) })?;
    } else {
        return Err(io::ErrorKind::NotConnected.into());
    }
    cvt(unsafe { send(stream.0, line.as_ptr(), line.len() as i32, 0) })?;
    Ok(())
}
