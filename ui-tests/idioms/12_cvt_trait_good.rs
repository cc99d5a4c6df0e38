//! std's `cvt(..)` with the close on its error.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, INVALID_SOCKET, setsockopt, SO_REUSEADDR, SOCK_STREAM, SOCKET, socket, SOL_SOCKET, WSAGetLastError};

pub trait IsMinusOne {
    fn is_minus_one(&self) -> bool;
}

macro_rules! impl_is_minus_one {
    ($($t:ident)*) => ($(impl IsMinusOne for $t {
        fn is_minus_one(&self) -> bool {
            *self == -1
        }
    })*)
}

impl_is_minus_one! { i8 i16 i32 i64 isize }

pub fn cvt<T: IsMinusOne>(t: T) -> io::Result<T> {
    if t.is_minus_one() { Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })) } else { Ok(t) }
}

pub fn reusable() -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET6 as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
    }
    let on = 1u32;
    match cvt(unsafe { setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (&raw const on).cast(), 4) }) {
        Ok(_) => Ok(s),
        Err(e) => {
            unsafe { closesocket(s) };
            Err(e)
        }
    }
}
