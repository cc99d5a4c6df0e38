//! WSACleanup leaves its code to WSAGetLastError; only WSAStartup returns it.

use windows::Win32::Networking::WinSock::{SOCKET_ERROR, WSACleanup, WSADATA, WSAGetLastError, WSAStartup};
use windows::core::{HRESULT, Result};

pub fn winsock_works() -> Result<u16> {
    let mut data = WSADATA::default();
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(HRESULT::from_win32(code as u32).into());
    }
    let version = data.wVersion;
    if unsafe { WSACleanup() } == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        return Err(HRESULT::from_win32(code.0 as u32).into());
    }
    Ok(version)
}
