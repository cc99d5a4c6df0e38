//! The constructor cleans up only on a wrong version: otherwise the guard's Drop will.

use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup};

pub struct Winsock {
    version: u16,
}

impl Winsock {
    pub fn new(wanted: u16) -> Result<Winsock, i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(wanted, &mut data) };
        if code != 0 {
            return Err(code);
        }
        if data.wVersion != wanted {
            unsafe { WSACleanup() };
            return Err(-1);
        }
        Ok(Winsock { version: data.wVersion })
    }

    pub fn version(&self) -> (u8, u8) {
        (self.version as u8, (self.version >> 8) as u8)
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}
