#![allow(unsafe_op_in_unsafe_fn)]
use std::io;
use windows_sys::Win32::Networking::WinSock::*;

fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR {
        Err(io::Error::last_os_error())
    } else {
        Ok(r)
    }
}

unsafe fn open(a: *const SOCKADDR) -> io::Result<SOCKET> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    cvt(unsafe { bind(s, a, 16) }).map_err(|error| {
        unsafe { closesocket(s) };
        error
    })?;
    if listen(s, 1) != 0 {
        let error = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(error);
    }
    Ok(s)
}
