//! map_err closes, and the match on its result closes again.

use std::io;
use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, SOCK_STREAM, WSAGetLastError, closesocket, connect, socket};
use winapi::shared::ws2def::{AF_INET, SOCKADDR};

fn last() -> io::Error {
    io::Error::from_raw_os_error(unsafe { WSAGetLastError() })
}

pub fn dial(addr: &SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = unsafe { socket(AF_INET, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    let res = match unsafe { connect(s, addr, len) } {
        0 => Ok(s),
        _ => Err(last()),
    };
    match res.map_err(|e| {
        unsafe { closesocket(s) };
        e
    }) {
        Ok(s) => Some(s),
        Err(e) => {
            eprintln!("connect: {e}");
            unsafe { closesocket(s) }; //~ double_close
            None
        }
    }
}
