//! Fields are dropped in the order of declaration: the guard's comes before the socket's.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SO_BROADCAST, SOCK_DGRAM, SOCKET, SOL_SOCKET, WSACleanup, WSADATA, WSAStartup, closesocket, setsockopt, socket};

struct Winsock;

impl Winsock {
    fn start() -> io::Result<Winsock> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(0x202, &mut data) };
        if code != 0 { Err(io::Error::from_raw_os_error(code)) } else { Ok(Winsock) }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() }; //~ cleanup_with_open_socket
    }
}

struct Udp(SOCKET);

impl Drop for Udp {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) }; //~ winsock_not_started
    }
}

struct Beacon {
    _winsock: Winsock,
    udp: Udp,
}

pub fn can_broadcast() -> io::Result<bool> {
    let winsock = Winsock::start()?;
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let beacon = Beacon { udp: Udp(s), _winsock: winsock };
    let on = 1i32;
    let res = unsafe { setsockopt(beacon.udp.0, SOL_SOCKET, SO_BROADCAST, (&raw const on).cast(), 4) };
    Ok(res == 0)
}
