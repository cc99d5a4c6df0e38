//! The Result of the checked close is passed on as that and no more.

use std::io;
use windows_sys::Win32::Networking::WinSock::{self as c, SOCKET};

fn cvt(r: i32) -> io::Result<i32> {
    if r == c::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

fn open(addr: *const c::SOCKADDR, len: i32) -> io::Result<SOCKET> {
    let s = unsafe { c::socket(c::AF_INET as i32, c::SOCK_STREAM, 0) };
    if s == c::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let linger = c::LINGER { l_onoff: 1, l_linger: 3 };
    let ready = cvt(unsafe { c::setsockopt(s, c::SOL_SOCKET, c::SO_LINGER, (&raw const linger).cast(), 4) })
        .and_then(|_| cvt(unsafe { c::connect(s, addr, len) }));
    ready.map(|_| s).map_err(|e| {
        unsafe { c::closesocket(s) };
        e
    })
}

pub fn send_and_close(addr: *const c::SOCKADDR, len: i32, event: &[u8]) -> io::Result<()> {
    let s = open(addr, len)?;
    if let Err(e) = cvt(unsafe { c::send(s, event.as_ptr(), event.len() as i32, 0) }) {
        unsafe { c::closesocket(s) };
        return Err(e);
    }
    match cvt(unsafe { c::closesocket(s) }) {
        Ok(_) => Ok(()),
        Err(e) => Err(e),
    }
}
