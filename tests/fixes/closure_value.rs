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

fn open(a: *const SOCKADDR) -> Result<SOCKET, Box<dyn Fn(i32) -> i32>> {
    let s = unsafe { socket(2, 1, 6) };
    if s == INVALID_SOCKET {
        return Err(Box::new(|x| x + 1));
    }
    if unsafe { bind(s, a, 16) } != 0 {
        return Err(Box::new(|x| x.pow(2)));
    }
    Ok(s)
}
