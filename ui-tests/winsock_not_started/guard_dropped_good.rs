//! A library function counts the protocols and then drops its guard.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAEnumProtocolsW, WSAPROTOCOL_INFOW, WSAStartup};

struct WsaGuard {
    version: u16,
}

impl WsaGuard {
    fn new(version: u16) -> io::Result<Self> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(version, &mut data) };
        if code != 0 {
            return Err(io::Error::from_raw_os_error(code));
        }
        Ok(Self { version: data.wVersion })
    }
}

impl Drop for WsaGuard {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

pub fn protocol_count() -> io::Result<(u16, i32)> {
    let guard = WsaGuard::new(0x202)?;
    let version = guard.version;
    let mut table: [WSAPROTOCOL_INFOW; 64] = unsafe { std::mem::zeroed() };
    let mut bytes = size_of_val(&table) as u32;
    let count = unsafe { WSAEnumProtocolsW(std::ptr::null(), table.as_mut_ptr(), &mut bytes) };
    drop(guard);
    Ok((version, count.max(0)))
}
