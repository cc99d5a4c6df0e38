//! windows crate: the result of socket() is kept until WSACleanup has run.

use windows::Win32::Networking::WinSock::*;
use windows::core::{HRESULT, Result};

pub fn raw_sockets_allowed() -> Result<()> {
    let mut data = WSADATA::default();
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(HRESULT::from_win32(code as u32).into());
    }
    let opened = unsafe { socket(AF_INET.0.into(), SOCK_RAW, IPPROTO_ICMP.0) };
    let result = opened.map(|s| {
        unsafe { closesocket(s) };
    });
    unsafe { WSACleanup() };
    result
}
