//! The code that WSAStartup returned becomes the error.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};

/// Winsock stays started for the rest of the process.
pub fn start() -> io::Result<u16> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let res = unsafe { WSAStartup(0x202, &mut data) };
    if res != 0 {
        return Err(io::Error::from_raw_os_error(res));
    }
    Ok(data.wVersion)
}
