use std::io;
use std::task::Poll;
use windows_sys::Win32::Foundation::{CloseHandle, GetLastError, HANDLE};
use windows_sys::Win32::Networking::WinSock::*;
fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR {
        Err(io::Error::last_os_error())
    } else {
        Ok(r)
    }
}
fn opt(r: i32) -> Option<i32> {
    if r == SOCKET_ERROR { None } else { Some(r) }
}

fn open(a: *const SOCKADDR) -> io::Result<SOCKET> {
    let s = match unsafe { socket(2, 1, 6) } {
        INVALID_SOCKET => return Err(io::Error::last_os_error()),
        s => s,
    };
    cvt(unsafe { bind(s, a, 16) }).map_err(|error| {
        unsafe { closesocket(s) };
        error
    })?;
    Ok(s)
}
