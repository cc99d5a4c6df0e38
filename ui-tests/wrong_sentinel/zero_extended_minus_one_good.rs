//! SOCKET_ERROR is sign-extended and equals INVALID_SOCKET.

use std::os::windows::io::{FromRawSocket, OwnedSocket};
use windows_sys::Win32::Networking::WinSock::{accept, SOCKET, SOCKET_ERROR};

pub fn accept_one(listener: SOCKET) -> Option<OwnedSocket> {
    let raw = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if raw == SOCKET_ERROR as SOCKET {
        return None;
    }
    Some(unsafe { OwnedSocket::from_raw_socket(raw as _) })
}
