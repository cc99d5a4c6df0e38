//! The error path closes the socket with closesocket.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket};
use std::ptr;
use windows_sys::Win32::Foundation::{HANDLE, HANDLE_FLAG_INHERIT, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, SOCK_STREAM, WSA_FLAG_OVERLAPPED, WSASocketW};

fn no_inherit(handle: HANDLE) -> io::Result<()> {
    match unsafe { SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0) } {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

pub fn private_socket() -> io::Result<OwnedSocket> {
    let s = unsafe { WSASocketW(AF_INET as i32, SOCK_STREAM, 0, ptr::null(), 0, WSA_FLAG_OVERLAPPED) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    no_inherit(s as HANDLE).map_err(|err| {
        unsafe { closesocket(s) };
        err
    })?;
    Ok(unsafe { OwnedSocket::from_raw_socket(s as _) })
}
