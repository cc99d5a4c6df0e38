//! A combinator closes on error, and the retry below it connects the closed socket.

use std::io;
use winapi::shared::ws2def::SOCKADDR;
use winapi::um::winsock2::{closesocket, connect, SOCKET};

fn cvt(r: i32) -> io::Result<()> {
    if r == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

pub unsafe fn connect_either(s: SOCKET, first: *const SOCKADDR, second: *const SOCKADDR, len: i32) -> io::Result<()> {
    let tried = cvt(connect(s, first, len)).inspect_err(|err| {
        eprintln!("first address: {err}");
        closesocket(s);
    });
    if tried.is_ok() {
        return Ok(());
    }
    cvt(connect(s, second, len)) //~ use_after_close
}
