//! The close of the losing socket is an error exactly when it worked.

use std::io;
use winapi::um::winsock2 as ws;

fn check(ok: bool) -> io::Result<()> {
    if ok { Ok(()) } else { Err(io::Error::last_os_error()) }
}

pub unsafe fn keep_first(first: ws::SOCKET, second: ws::SOCKET) -> io::Result<ws::SOCKET> {
    check(ws::closesocket(second) != 0).map(|()| first) //~ inverted_check
}
