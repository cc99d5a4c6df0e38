//! A linger of Some(0) is not "no linger": it discards the data.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

fn set_linger(s: SOCKET, secs: Option<u16>) -> io::Result<()> {
    let linger = LINGER { l_onoff: secs.is_some() as u16, l_linger: secs.unwrap_or(0) };
    let value = (&raw const linger).cast();
    cvt(unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, value, size_of::<LINGER>() as i32) }).map(drop)
}

fn talk(s: SOCKET, addr: &SOCKADDR_IN, bytes: &[u8]) -> io::Result<i32> {
    set_linger(s, Some(0))?;
    cvt(unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) })?;
    cvt(unsafe { send(s, bytes.as_ptr(), bytes.len() as i32, 0) })
}

pub fn send_once(addr: &SOCKADDR_IN, bytes: &[u8]) -> io::Result<i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let result = talk(s, addr, bytes);
    unsafe { closesocket(s) }; //~ abortive_close
    result
}
