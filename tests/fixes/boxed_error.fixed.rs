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

fn open(a: *const SOCKADDR) -> Result<SOCKET, Box<dyn std::error::Error>> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        return Err(Box::new(io::Error::last_os_error()));
    }
    if unsafe { bind(s, a, 16) } != 0 {
        let error = Box::new(io::Error::last_os_error());
        unsafe { closesocket(s) };
        return Err(error);
    }
    if unsafe { listen(s, 16) } != 0 {
        let error = "no listen".into();
        unsafe { closesocket(s) };
        return Err(error);
    }
    let n: u16 = "12".parse().map_err(|error| {
        unsafe { closesocket(s) };
        error
    })?;
    if n == 3 {
        return Err(format!("bad {n}")).map_err(|error| {
            unsafe { closesocket(s) };
            error
        })?;
    }
    Ok(s)
}
