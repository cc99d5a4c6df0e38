//! The function's own guard closes the socket that the caller gets.

use std::os::windows::io::{FromRawSocket, OwnedSocket};

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, SOCKET_ERROR, WSAGetLastError, bind, socket,
};

pub fn open(name: *const SOCKADDR, len: i32) -> Result<SOCKET, i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(unsafe { WSAGetLastError() });
    }
    let _guard = unsafe { OwnedSocket::from_raw_socket(s as _) };
    if unsafe { bind(s, name, len) } == SOCKET_ERROR {
        return Err(unsafe { WSAGetLastError() });
    }
    Ok(s) //~ use_after_close
}
