//! windows crate: the HRESULT is made of WSAGetLastError instead of the returned code.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT, Result};

pub fn startup(version: u16) -> Result<WSADATA> {
    let mut data = WSADATA::default();
    let code = unsafe { WSAStartup(version, &mut data) };
    if code == 0 {
        return Ok(data);
    }
    let code = unsafe { WSAGetLastError() }; //~ startup_error_misread
    Err(Error::from_hresult(HRESULT::from_win32(code.0 as u32)))
}
