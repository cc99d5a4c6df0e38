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

fn pair(a: *const SOCKADDR) -> io::Result<(SOCKET, SOCKET)> {
    let l = unsafe { socket(2, 1, 6) };
    if l == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    cvt(unsafe { bind(l, a, 16) })?;
    let c = unsafe { socket(2, 1, 6) };
    if c == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    cvt(unsafe { connect(c, a, 16) })?;
    let p = unsafe { accept(l, std::ptr::null_mut(), std::ptr::null_mut()) };
    if p == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    unsafe { closesocket(l) };
    Ok((c, p))
}
