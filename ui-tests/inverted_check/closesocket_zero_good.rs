//! A close that failed is reported as an error.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET};

pub fn close(s: SOCKET) -> io::Result<()> {
    if unsafe { closesocket(s) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
