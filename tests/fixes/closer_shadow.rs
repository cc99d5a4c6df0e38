use std::io;
use std::time::Duration;
use windows_sys::Win32::Foundation::{CloseHandle, GetLastError, HANDLE};
use windows_sys::Win32::Foundation::CloseHandle as shut;
use windows_sys::Win32::Networking::WinSock::*;
fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR {
        Err(io::Error::last_os_error())
    } else {
        Ok(r)
    }
}

fn f(a: *const SOCKADDR) {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        return;
    }
    unsafe { bind(s, a, 16) };
    let s = s as HANDLE;
    unsafe { CloseHandle(s) };
}
