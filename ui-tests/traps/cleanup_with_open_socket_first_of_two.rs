//! The function's own start-up is not the last one: the guard outside keeps Winsock up.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, SOCK_DGRAM, SOCKET, WSACleanup, WSADATA, WSAStartup, closesocket, socket};

struct Winsock(WSADATA);

impl Winsock {
    fn start(version: u16) -> Option<Winsock> {
        let mut winsock = Winsock(unsafe { std::mem::zeroed() });
        if unsafe { WSAStartup(version, &mut winsock.0) } != 0 {
            std::mem::forget(winsock);
            return None;
        }
        Some(winsock)
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

fn open() -> Option<SOCKET> {
    let _winsock = Winsock::start(0x101)?;
    match unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) } {
        INVALID_SOCKET => None,
        s => Some(s),
    }
}

pub fn has_udp() -> Option<bool> {
    let _outer = Winsock::start(0x202)?;
    let s = open();
    if let Some(s) = s {
        unsafe { closesocket(s) };
    }
    Some(s.is_some())
}
