//! SOCKET_ERROR goes through u32 and comes out zero-extended.

use std::os::windows::io::{FromRawSocket, OwnedSocket};
use windows_sys::Win32::Networking::WinSock::{accept, SOCKET, SOCKET_ERROR};

pub fn accept_one(listener: SOCKET) -> Option<OwnedSocket> {
    let raw = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if raw == SOCKET_ERROR as u32 as SOCKET { //~ wrong_sentinel
        return None;
    }
    Some(unsafe { OwnedSocket::from_raw_socket(raw as _) })
}
