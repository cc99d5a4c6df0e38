//! `_ =` on the result of closesocket under another name.

use std::io;
use windows_sys::Win32::Networking::WinSock::closesocket as close;
use windows_sys::Win32::Networking::WinSock::{getsockname, SOCKADDR_STORAGE, SOCKET, SOCKET_ERROR};

fn cvt(r: i32) -> io::Result<()> {
    if r == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn close_and_name(s: SOCKET) -> io::Result<SOCKADDR_STORAGE> {
    let mut name = SOCKADDR_STORAGE::default();
    let mut len = size_of::<SOCKADDR_STORAGE>() as i32;
    let named = cvt(unsafe { getsockname(s, (&raw mut name).cast(), &mut len) });
    _ = unsafe { close(s) }; //~ unchecked_close
    named.map(|()| name)
}
