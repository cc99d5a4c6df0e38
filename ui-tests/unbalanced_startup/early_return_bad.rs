//! The return on a failed socket leaves the start-up without its cleanup.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, WSACleanup, WSADATA, WSAStartup, closesocket, socket};

pub fn has_udp() -> Result<bool, i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) }; //~ unbalanced_startup
    if code != 0 {
        return Err(code);
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Ok(false);
    }
    unsafe { closesocket(s) };
    unsafe { WSACleanup() };
    Ok(true)
}
