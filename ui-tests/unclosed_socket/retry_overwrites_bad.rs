//! A retry loop overwrites the variable that holds the last attempt's socket.

use std::ffi::c_int;
use std::{io, thread, time::Duration};
use windows_sys::Win32::Networking::WinSock::{
    AF_INET6, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKADDR_IN6, SOCKET, closesocket, connect, socket,
};

pub struct Dialer {
    pub attempts: u32,
    pub pause: Duration,
}

impl Dialer {
    pub fn dial(&self, to: &SOCKADDR_IN6) -> io::Result<SOCKET> {
        let mut s = INVALID_SOCKET;
        let mut err = io::Error::from(io::ErrorKind::NotConnected);
        for n in 0..self.attempts {
            if n > 0 {
                thread::sleep(self.pause * n);
            }
            s = unsafe { socket(AF_INET6 as c_int, SOCK_STREAM, IPPROTO_TCP) }; //~ unclosed_socket
            if s == INVALID_SOCKET {
                return Err(io::Error::last_os_error());
            }
            let len = size_of::<SOCKADDR_IN6>() as c_int;
            if unsafe { connect(s, to as *const SOCKADDR_IN6 as *const SOCKADDR, len) } == 0 {
                return Ok(s);
            }
            err = io::Error::last_os_error();
        }
        if s != INVALID_SOCKET {
            unsafe { closesocket(s) };
        }
        Err(err)
    }
}
