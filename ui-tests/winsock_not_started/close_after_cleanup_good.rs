//! WSACleanup comes after the closesocket.

use windows_sys::Win32::Networking::WinSock::{AF_INET6, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, WSACleanup, WSADATA, WSAStartup, closesocket, socket};

pub fn has_ipv6() -> Result<bool, i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(code);
    }
    let s = unsafe { socket(AF_INET6 as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        unsafe { WSACleanup() };
        return Ok(false);
    }
    unsafe { closesocket(s) };
    unsafe { WSACleanup() };
    Ok(true)
}
