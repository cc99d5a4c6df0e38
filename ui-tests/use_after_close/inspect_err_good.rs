//! The combinator only logs; the one close is the last statement.

use std::io;
use winapi::shared::ws2def::SOCKADDR;
use winapi::um::winsock2::{closesocket, connect, SOCKET};

fn cvt(r: i32) -> io::Result<()> {
    if r == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

pub unsafe fn connect_either(s: SOCKET, first: *const SOCKADDR, second: *const SOCKADDR, len: i32) -> io::Result<()> {
    let tried = cvt(connect(s, first, len)).inspect_err(|err| {
        eprintln!("first address: {err}");
    });
    if tried.is_ok() {
        return Ok(());
    }
    cvt(connect(s, second, len)).map_err(|err| {
        closesocket(s);
        err
    })
}
