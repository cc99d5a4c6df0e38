//! A table of options turns SO_DONTLINGER on, so no timeout is needed.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Tcp(SOCKET);

impl Drop for Tcp {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

const OPTIONS: [(i32, i32); 3] = [(SO_KEEPALIVE, 1), (SO_DONTLINGER, 1), (SO_SNDBUF, 65536)];

impl Tcp {
    pub fn new() -> io::Result<Tcp> {
        let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let tcp = Tcp(s);
        for (name, value) in OPTIONS {
            let at = (&raw const value).cast();
            let res = unsafe { setsockopt(tcp.0, SOL_SOCKET, name, at, size_of_val(&value) as i32) };
            if res == SOCKET_ERROR {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(tcp)
    }

    pub fn connect(&self, addr: &SOCKADDR_IN) -> io::Result<()> {
        match unsafe { connect(self.0, std::ptr::from_ref(addr).cast(), size_of_val(addr) as i32) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}
