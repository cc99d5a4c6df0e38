//! The guard gives the socket up before the caller gets it.

use std::os::windows::io::{FromRawSocket, IntoRawSocket, OwnedSocket};

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, SOCKET_ERROR, WSAGetLastError, bind, socket,
};

pub fn open(name: *const SOCKADDR, len: i32) -> Result<SOCKET, i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(unsafe { WSAGetLastError() });
    }
    let guard = unsafe { OwnedSocket::from_raw_socket(s as _) };
    if unsafe { bind(s, name, len) } == SOCKET_ERROR {
        return Err(unsafe { WSAGetLastError() });
    }
    Ok(guard.into_raw_socket() as SOCKET)
}
