//! The error of the close is passed on with `?`, and success reports the bytes handed to Winsock.

use std::io;
use windows::Win32::Networking::WinSock::*;

fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

fn dial(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    let linger: [u8; 4] = unsafe { std::mem::transmute(LINGER { l_onoff: 1, l_linger: 5 }) };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(&linger)) };
    if let Err(e) = cvt(unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) }) {
        unsafe { closesocket(s) };
        return Err(e);
    }
    Ok(s)
}

pub fn write_once(addr: &SOCKADDR_IN, bytes: &[u8]) -> io::Result<i32> {
    let s = dial(addr)?;
    let written = cvt(unsafe { send(s, bytes, SEND_RECV_FLAGS(0)) });
    let closed = cvt(unsafe { closesocket(s) });
    let written = written?;
    closed?;
    Ok(written)
}
