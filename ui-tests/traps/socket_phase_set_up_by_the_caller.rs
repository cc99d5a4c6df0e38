//! A callback of the caller prepares the socket, so its phase is not known here.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn accept_with(kind: i32, prepare: impl FnOnce(ws::SOCKET) -> io::Result<()>) -> io::Result<ws::SOCKET> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, kind, 0) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let accepted = prepare(s).and_then(|()| match unsafe { ws::accept(s, null_mut(), null_mut()) } {
        ws::INVALID_SOCKET => Err(io::Error::last_os_error()),
        client => Ok(client),
    });
    unsafe { ws::closesocket(s) };
    accepted
}
