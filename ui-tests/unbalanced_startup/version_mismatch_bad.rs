//! A WSAStartup that gave another version has succeeded too, and is not cleaned up.

use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup};

#[derive(Debug)]
pub enum StartError {
    Code(i32),
    Version(u16),
}

pub fn with_winsock<T>(version: u16, run: impl FnOnce() -> T) -> Result<T, StartError> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(version, &mut data) }; //~ unbalanced_startup
    if code != 0 {
        return Err(StartError::Code(code));
    }
    if data.wVersion != version {
        return Err(StartError::Version(data.wVersion));
    }
    let value = run();
    unsafe { WSACleanup() };
    Ok(value)
}
