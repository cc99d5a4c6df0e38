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

fn linger(s: SOCKET, secs: u16, t: Duration) -> i32 {
    let v = LINGER { l_onoff: 1, l_linger: secs + 1 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) };
    let v = LINGER { l_onoff: 1, l_linger: secs };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) };
    let v = LINGER { l_onoff: 1, l_linger: 2 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) }
}
