//! SO_DONTLINGER is cleared only where the time has been set.

use std::io;
use std::mem::size_of_val;
use windows_sys::Win32::Networking::WinSock::*;

unsafe fn option<T>(s: SOCKET, name: i32, value: &T) -> bool {
    setsockopt(s, SOL_SOCKET, name, (value as *const T).cast(), size_of_val(value) as i32) == 0
}

pub unsafe fn prepare(patient: bool) -> io::Result<SOCKET> {
    let s = WSASocketW(AF_INET as i32, SOCK_STREAM, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    option(s, SO_KEEPALIVE, &1i32);
    let dont = 0i32;
    if patient {
        option(s, SO_LINGER, &LINGER { l_onoff: 1, l_linger: 30 });
        setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4);
    }
    Ok(s)
}
