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
    let mut v = LINGER { l_onoff: 1, l_linger: secs };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) };
    v.l_linger = t.as_secs() as u16;
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) };
    v.l_linger = (t.as_millis().div_ceil(1000) as u64) as u16;
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) };
    v.l_linger = t.as_millis().min(u16::MAX as u128) as u16;
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) };
    v.l_linger = u16::try_from(t.as_millis()).unwrap_or(u16::MAX);
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const v).cast(), 4) }
}
