//! A discovery client looks at the new socket before it switches broadcast on.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Announcer {
    fd: ws::SOCKET,
    to: ws::SOCKADDR_IN,
}

impl Announcer {
    pub fn new(to: ws::SOCKADDR_IN) -> io::Result<Self> {
        let fd = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_DGRAM, ws::IPPROTO_UDP) };
        if fd == ws::INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let yes = 1i32;
        let rc = unsafe { ws::setsockopt(fd, ws::SOL_SOCKET, ws::SO_BROADCAST, &yes as *const i32 as *const u8, 4) };
        if rc != 0 {
            let err = io::Error::last_os_error();
            unsafe { ws::closesocket(fd) };
            return Err(err);
        }
        Ok(Announcer { fd, to })
    }

    pub fn announce(&self, what: &str) -> io::Result<()> {
        let name = &self.to as *const ws::SOCKADDR_IN as *const ws::SOCKADDR;
        let n = unsafe { ws::sendto(self.fd, what.as_ptr(), what.len() as i32, 0, name, 16) };
        if n == ws::SOCKET_ERROR {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }
}

impl Drop for Announcer {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.fd) };
    }
}
