//! A chain of combinators turns a socket into a listener; `inspect_err` closes it on the error track.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Listener {
    raw: SOCKET,
}

trait IsMinusOne {
    fn is_minus_one(&self) -> bool;
}

impl IsMinusOne for i32 {
    fn is_minus_one(&self) -> bool {
        *self == -1
    }
}

impl IsMinusOne for SOCKET {
    fn is_minus_one(&self) -> bool {
        *self == !0
    }
}

fn cvt<T: IsMinusOne>(value: T) -> io::Result<T> {
    if value.is_minus_one() { Err(io::Error::last_os_error()) } else { Ok(value) }
}

fn exclusive(s: SOCKET) -> io::Result<()> {
    let yes: i32 = 1;
    cvt(unsafe { setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, &yes as *const i32 as *const u8, 4) }).map(drop)
}

fn bind_to(s: SOCKET, addr: &SOCKADDR_IN) -> io::Result<()> {
    cvt(unsafe { bind(s, addr as *const SOCKADDR_IN as *const SOCKADDR, size_of_val(addr) as i32) }).map(drop)
}

impl Listener {
    pub fn open(addr: &SOCKADDR_IN) -> io::Result<Listener> {
        cvt(unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) })
            .and_then(|s| {
                exclusive(s)
                    .and_then(|()| bind_to(s, addr))
                    .and_then(|()| cvt(unsafe { listen(s, SOMAXCONN as i32) }))
                    .inspect_err(|_| {
                        unsafe { closesocket(s) };
                    })
                    .map(|_| Listener { raw: s })
            })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        unsafe { closesocket(self.raw) };
    }
}
