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

fn open(a: usize) -> impl Future<Output = io::Result<SOCKET>> {
    async move {
        let s = unsafe { socket(2, 1, 6) };
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        cvt(unsafe { bind(s, a as *const SOCKADDR, 16) })?;
        Ok(s)
    }
}
