//! `closesocket as close`: the alias comes last.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SD_RECEIVE, SOCKET, closesocket as close, shutdown as stop};

pub unsafe fn end(s: SOCKET) -> io::Result<()> {
    let mut res = Ok(());
    if stop(s, SD_RECEIVE) != 0 {
        res = Err(io::Error::last_os_error());
    }
    close(s);
    res
}
