//! A hard close of a nonblocking socket never blocks, and here there is no data to lose.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, IPPROTO_TCP, LINGER, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, socket, SOCKET_ERROR, SOL_SOCKET, WSAEWOULDBLOCK, WSAGetLastError};

pub fn knock(addr: &SOCKADDR_IN) -> io::Result<()> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let linger = LINGER { l_onoff: 1, l_linger: 0 };
    let mut on = 1;
    let result = unsafe {
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
        ioctlsocket(s, FIONBIO, &mut on);
        match connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) {
            SOCKET_ERROR if WSAGetLastError() != WSAEWOULDBLOCK => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    };
    unsafe { closesocket(s) };
    result
}
