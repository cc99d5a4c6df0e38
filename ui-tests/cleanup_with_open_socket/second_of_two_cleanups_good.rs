//! Started twice: the socket is closed between the first WSACleanup and the second.

use windows_sys::Win32::Networking::WinSock::{AF_INET6, INVALID_SOCKET, SOCK_DGRAM, WSACleanup, WSADATA, WSAStartup, closesocket, socket};

pub fn newest_version(has_ipv6: &mut bool) -> Result<u16, i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x101, &mut data) };
    if code != 0 {
        return Err(code);
    }
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        unsafe { WSACleanup() };
        return Err(code);
    }
    let s = unsafe { socket(AF_INET6 as i32, SOCK_DGRAM, 0) };
    *has_ipv6 = s != INVALID_SOCKET;
    unsafe { WSACleanup() };
    println!("Winsock {:#x}", data.wHighVersion);
    if s != INVALID_SOCKET {
        unsafe { closesocket(s) };
    }
    unsafe { WSACleanup() };
    Ok(data.wVersion)
}
