//! The exit macro is given closesocket and then WSACleanup.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, WSACleanup, WSADATA, WSAGetLastError, WSAStartup, closesocket, connect, socket};

macro_rules! fail {
    ($($cleanup:expr),*) => {{
        let code = unsafe { WSAGetLastError() };
        $(unsafe { $cleanup };)*
        return Err(code);
    }};
}

pub fn knock(addr: *const SOCKADDR, len: i32) -> Result<(), i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(code);
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        fail!(WSACleanup());
    }
    if unsafe { connect(s, addr, len) } != 0 {
        fail!(closesocket(s), WSACleanup());
    }
    unsafe { closesocket(s) };
    unsafe { WSACleanup() };
    Ok(())
}
