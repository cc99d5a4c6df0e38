//! WSAStartup returns its error code, but last_os_error is asked for it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};

/// Winsock stays started for the rest of the process.
pub fn start() -> io::Result<u16> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let res = unsafe { WSAStartup(0x202, &mut data) };
    if res != 0 {
        return Err(io::Error::last_os_error()); //~ startup_error_misread
    }
    Ok(data.wVersion)
}
