//! The close is repeated for as long as WSAEWOULDBLOCK is seen.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR, SOL_SOCKET, WSAEWOULDBLOCK, WSAGetLastError};

pub unsafe fn send_final(addr: *const SOCKADDR, len: i32, data: &[u8]) -> io::Result<()> {
    let s = socket(AF_INET as i32, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        closesocket(s);
        return Err(err);
    }
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    send(s, data.as_ptr(), data.len() as i32, 0);
    let mut on = 1;
    ioctlsocket(s, FIONBIO, &mut on);
    while closesocket(s) == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK {}
    Ok(())
}
