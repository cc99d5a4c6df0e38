//! windows crate: a WSAStartup that failed leaves nothing to clean up.

use windows::Win32::Networking::WinSock::{WSADATA, WSAStartup};
use windows::core::{Error, HRESULT, Result};

pub fn start() -> Result<u16> {
    let mut data = WSADATA::default();
    let code = unsafe { WSAStartup(0x0202, &mut data) };
    if code != 0 {
        return Err(Error::from_hresult(HRESULT::from_win32(code as u32)));
    }
    Ok(data.wVersion)
}
