//! WSACleanup is left to close the socket that only probed for a right.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_ICMP, SOCK_RAW, WSACleanup, WSADATA, WSAStartup, socket};

pub fn may_ping() -> Result<bool, i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(code);
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_RAW, IPPROTO_ICMP) };
    let allowed = s != INVALID_SOCKET;
    unsafe { WSACleanup() }; //~ cleanup_with_open_socket
    Ok(allowed)
}
