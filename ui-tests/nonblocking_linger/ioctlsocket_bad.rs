//! A lingering socket is still nonblocking at its closesocket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, IPPROTO_TCP, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR, SOL_SOCKET};

pub unsafe fn push(addr: *const SOCKADDR, len: i32, data: &[u8]) -> io::Result<()> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        closesocket(s);
        return Err(err);
    }
    let mut mode: u32 = 1;
    ioctlsocket(s, FIONBIO, &mut mode);
    let linger = LINGER { l_onoff: 1, l_linger: 3 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
    let sent = send(s, data.as_ptr(), data.len() as i32, 0);
    let result = if sent == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) };
    closesocket(s); //~ nonblocking_linger
    result
}
