//! winapi: a helper opens a socket of any family; the caller asks for ATM and ends one direction.

use std::io;
use winapi::shared::ws2def::{AF_ATM, AF_INET, SOCKADDR};
use winapi::um::winsock2 as sock;

macro_rules! try_sock {
    ($e:expr, $bad:expr) => {{
        let r = unsafe { $e };
        if r == $bad {
            return Err(io::Error::last_os_error());
        }
        r
    }};
}

struct Line(sock::SOCKET);

impl Drop for Line {
    fn drop(&mut self) {
        unsafe { sock::closesocket(self.0) };
    }
}

fn open(family: i32, to: *const SOCKADDR, len: i32) -> io::Result<Line> {
    let s = try_sock!(sock::socket(family, sock::SOCK_STREAM, 0), sock::INVALID_SOCKET);
    let line = Line(s);
    try_sock!(sock::connect(s, to, len), sock::SOCKET_ERROR);
    Ok(line)
}

fn drain(line: &Line) -> io::Result<usize> {
    let mut buf = [0i8; 512];
    let mut total = 0;
    loop {
        match try_sock!(sock::recv(line.0, buf.as_mut_ptr(), 512, 0), sock::SOCKET_ERROR) {
            0 => return Ok(total),
            n => total += n as usize,
        }
    }
}

/// # Safety
/// `to` points to a valid address of the family's size.
pub unsafe fn listen_only(atm: *const SOCKADDR, atm_len: i32) -> io::Result<usize> {
    let line = open(AF_ATM, atm, atm_len)?;
    try_sock!(sock::shutdown(line.0, sock::SD_SEND), sock::SOCKET_ERROR); //~ atm_half_close
    drain(&line)
}

/// # Safety
/// `to` points to a valid address of the family's size.
pub unsafe fn listen_only_ip(ip: *const SOCKADDR, ip_len: i32) -> io::Result<usize> {
    let line = open(AF_INET, ip, ip_len)?;
    try_sock!(sock::shutdown(line.0, sock::SD_SEND), sock::SOCKET_ERROR);
    drain(&line)
}
