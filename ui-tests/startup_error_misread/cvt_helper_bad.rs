//! `cvt` fits calls that leave their code to WSAGetLastError, and it is given WSAStartup's result.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAGetLastError, WSAStartup};

fn cvt(res: i32) -> io::Result<()> {
    if res != 0 {
        return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })); //~ startup_error_misread
    }
    Ok(())
}

/// Starts Winsock for the rest of the process.
pub fn init() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    cvt(unsafe { WSAStartup(0x202, &mut data) })?;
    Ok(())
}
