//! The cast to HANDLE makes CloseHandle accept a socket.

use std::io;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, HANDLE_FLAG_INHERIT, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCK_STREAM, WSA_FLAG_OVERLAPPED, WSASocketW};

pub fn new_private(family: i32) -> io::Result<usize> {
    let s = unsafe { WSASocketW(family, SOCK_STREAM, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { SetHandleInformation(s as HANDLE, HANDLE_FLAG_INHERIT, 0) } == 0 {
        let err = io::Error::last_os_error();
        unsafe { CloseHandle(s as HANDLE) }; //~ wrong_close_function
        return Err(err);
    }
    Ok(s as usize)
}
