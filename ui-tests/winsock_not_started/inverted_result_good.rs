//! WSAStartup's code is not zero when it failed; the socket is opened where it is zero.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKET, WSADATA, WSAStartup, socket};

/// Winsock stays started for the caller.
pub fn start_and_open() -> Result<SOCKET, &'static str> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x0202, &mut data) };
    if code != 0 {
        return Err("WSAStartup");
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Err("socket");
    }
    Ok(s)
}
