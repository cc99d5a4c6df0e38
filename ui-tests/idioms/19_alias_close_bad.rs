//! `closesocket as close`: a use behind the alias.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SD_RECEIVE, SOCKET, closesocket as close, shutdown as stop};

pub unsafe fn end(s: SOCKET) -> io::Result<()> {
    close(s);
    if stop(s, SD_RECEIVE) != 0 { //~ use_after_close
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
