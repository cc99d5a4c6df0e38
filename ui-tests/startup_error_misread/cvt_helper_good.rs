//! `cvt` makes the error of the code it is given, which is what WSAStartup returns.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};

fn cvt(res: i32) -> io::Result<()> {
    if res != 0 {
        return Err(io::Error::from_raw_os_error(res));
    }
    Ok(())
}

/// Starts Winsock for the rest of the process.
pub fn init() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    cvt(unsafe { WSAStartup(0x202, &mut data) })?;
    Ok(())
}
