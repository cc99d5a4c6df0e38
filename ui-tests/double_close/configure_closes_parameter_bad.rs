//! The helper closes its parameter when an option fails, and its caller closes once more.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, SO_KEEPALIVE, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOL_SOCKET,
    TCP_NODELAY, closesocket, connect, setsockopt, socket,
};

const OPTIONS: [(i32, i32); 2] = [(SOL_SOCKET, SO_KEEPALIVE), (IPPROTO_TCP, TCP_NODELAY)];

fn configure(s: SOCKET) -> io::Result<()> {
    let on = 1i32;
    for (level, name) in OPTIONS {
        let rc = unsafe { setsockopt(s, level, name, (&raw const on).cast(), size_of::<i32>() as i32) };
        if rc < 0 {
            let err = io::Error::last_os_error();
            unsafe { closesocket(s) };
            return Err(err);
        }
    }
    Ok(())
}

pub struct Upstream(SOCKET);

impl Upstream {
    pub fn connect(addr: &SOCKADDR_IN) -> io::Result<Upstream> {
        let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if let Err(err) = configure(s) {
            unsafe { closesocket(s) }; //~ double_close
            return Err(err);
        }
        if unsafe { connect(s, addr as *const SOCKADDR_IN as *const SOCKADDR, size_of_val(addr) as i32) } < 0 {
            let err = io::Error::last_os_error();
            unsafe { closesocket(s) };
            return Err(err);
        }
        Ok(Upstream(s))
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}
