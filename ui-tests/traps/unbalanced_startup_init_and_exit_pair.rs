//! `init` cleans up after itself when it fails; what it started, `exit` ends.

use std::io;
use winapi::shared::minwindef::{HIBYTE, LOBYTE, MAKEWORD};
use winapi::um::winsock2::{WSACleanup, WSADATA, WSAStartup};

pub fn init() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(MAKEWORD(2, 2), &mut data) };
    if code != 0 {
        return Err(io::Error::from_raw_os_error(code));
    }
    if LOBYTE(data.wVersion) != 2 || HIBYTE(data.wVersion) != 2 {
        unsafe { WSACleanup() };
        return Err(io::ErrorKind::Unsupported.into());
    }
    Ok(())
}

pub fn exit() {
    unsafe { WSACleanup() };
}
