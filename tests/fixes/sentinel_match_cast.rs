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

fn f(a: *const SOCKADDR) -> io::Result<i32> {
    match unsafe { socket(2, 1, 6) } as i32 {
        0 => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}
