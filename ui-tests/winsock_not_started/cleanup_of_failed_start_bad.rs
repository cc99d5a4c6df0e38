//! windows crate: WSACleanup is called for a WSAStartup that failed.

use windows::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup};
use windows::core::{Error, HRESULT, Result};

pub fn start() -> Result<u16> {
    let mut data = WSADATA::default();
    let code = unsafe { WSAStartup(0x0202, &mut data) };
    if code != 0 {
        unsafe { WSACleanup() }; //~ winsock_not_started
        return Err(Error::from_hresult(HRESULT::from_win32(code as u32)));
    }
    Ok(data.wVersion)
}
