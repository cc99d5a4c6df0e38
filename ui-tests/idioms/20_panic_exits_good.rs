//! The panics end the path; every return closes.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, getsockopt, INVALID_SOCKET, IPPROTO_TCP, SO_ERROR, SO_TYPE, SOCK_STREAM, socket, SOL_SOCKET};

pub enum Kind {
    Type,
    Error,
    Other(u8),
}

pub fn query(kind: Kind) -> Option<i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    assert!(s != INVALID_SOCKET, "no socket");
    let name = match kind {
        Kind::Type => SO_TYPE,
        Kind::Error => SO_ERROR,
        Kind::Other(0) => unreachable!("checked by the caller"),
        Kind::Other(n) if n > 9 => panic!("{n}"),
        Kind::Other(_) => {
            unsafe { closesocket(s) };
            return None;
        }
    };
    let mut value = 0;
    let mut len = 4;
    let res = unsafe { getsockopt(s, SOL_SOCKET, name, (&raw mut value as *mut i32).cast(), &mut len) };
    unsafe { closesocket(s) };
    (res == 0).then_some(value)
}
