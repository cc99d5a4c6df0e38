//! A library leaves the start-up to its caller.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Stream(ws::SOCKET);

impl Stream {
    pub fn connect(addr: &ws::SOCKADDR_IN6) -> io::Result<Stream> {
        let s = unsafe { ws::socket(ws::AF_INET6 as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
        if s == ws::INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let stream = Stream(s);
        let len = size_of::<ws::SOCKADDR_IN6>() as i32;
        match unsafe { ws::connect(s, std::ptr::from_ref(addr).cast(), len) } {
            0 => Ok(stream),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) };
    }
}
