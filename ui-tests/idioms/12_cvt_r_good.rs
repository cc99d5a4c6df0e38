//! `cvt_r` repeats on WSAEINTR; its error is taken before the close.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, connect, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSAEINTR, WSAGetLastError};

fn cvt_r(mut f: impl FnMut() -> i32) -> Result<i32, i32> {
    loop {
        match f() {
            SOCKET_ERROR => match unsafe { WSAGetLastError() } {
                WSAEINTR => {}
                code => return Err(code),
            },
            n => return Ok(n),
        }
    }
}

pub fn connect_or_close(s: SOCKET, addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let len = size_of::<SOCKADDR_IN>() as i32;
    let res = cvt_r(|| unsafe { connect(s, std::ptr::from_ref(addr).cast(), len) });
    if let Err(code) = res {
        unsafe { closesocket(s) };
        return Err(io::Error::from_raw_os_error(code));
    }
    Ok(s)
}
