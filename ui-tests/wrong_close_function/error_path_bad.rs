//! The error path of inheritance setup closes with CloseHandle, as for the handle it set up.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket};
use std::ptr;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, HANDLE_FLAG_INHERIT, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, SOCK_STREAM, WSA_FLAG_OVERLAPPED, WSASocketW};

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
        unsafe { CloseHandle(s as HANDLE) }; //~ wrong_close_function
        err
    })?;
    Ok(unsafe { OwnedSocket::from_raw_socket(s as _) })
}
