//! A stream is opened for IP or ATM; the half close is only taken for IP.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_ATM, AF_INET, ATMPROTO_AAL5, INVALID_SOCKET, IPPROTO_TCP, SD_BOTH, SD_SEND, SOCK_RAW, SOCK_STREAM, SOCKADDR, SOCKET, SOCKET_ERROR, closesocket,
    connect, recv, shutdown, socket,
};

#[derive(Clone, Copy, PartialEq)]
pub enum Medium {
    Ip,
    Atm,
}

impl Medium {
    fn open(self) -> io::Result<SOCKET> {
        let s = match self {
            Medium::Ip => unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) },
            Medium::Atm => unsafe { socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32) },
        };
        (s != INVALID_SOCKET).then_some(s).ok_or_else(io::Error::last_os_error)
    }
}

/// # Safety
/// `to` is an address of the medium's family, `len` its size.
pub unsafe fn read_greeting(medium: Medium, to: *const SOCKADDR, len: i32, buf: &mut [u8]) -> io::Result<usize> {
    let s = medium.open()?;
    if unsafe { connect(s, to, len) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    if medium == Medium::Ip {
        unsafe { shutdown(s, SD_SEND) };
    }
    let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
    let result = if n < 0 { Err(io::Error::last_os_error()) } else { Ok(n as usize) };
    if medium == Medium::Atm {
        unsafe { shutdown(s, SD_BOTH) };
    }
    unsafe { closesocket(s) };
    result
}
