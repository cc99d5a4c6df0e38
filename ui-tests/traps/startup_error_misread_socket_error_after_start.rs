//! The last error is read for the socket call only; it shares its error exit with WSAStartup, which hands its code there.

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, SOCK_DGRAM, WSACleanup, WSADATA, WSAGetLastError, WSAStartup, closesocket, socket,
};

pub struct Report {
    pub version: u16,
    pub code: i32,
}

pub fn diagnose() -> Report {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let mut code = unsafe { WSAStartup(0x0202, &mut data) };
    let started = code == 0;
    if started {
        let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) };
        if s == INVALID_SOCKET {
            code = unsafe { WSAGetLastError() };
        } else {
            unsafe { closesocket(s) };
        }
        unsafe { WSACleanup() };
    }
    if code != 0 {
        eprintln!("{}: {code}", if started { "socket" } else { "WSAStartup" });
    }
    Report { version: data.wVersion, code }
}
