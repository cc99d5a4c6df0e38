//! The pattern binds the guard first, so it is dropped last, after the socket.

use windows_sys::Win32::Networking::WinSock::{AF_INET6, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKET, WSACleanup, WSADATA, WSAStartup, closesocket, socket};

struct Winsock;

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

struct Stream(SOCKET);

impl Drop for Stream {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

fn setup() -> Option<(Winsock, Stream)> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 {
        return None;
    }
    let winsock = Winsock;
    match unsafe { socket(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP) } {
        INVALID_SOCKET => None,
        s => Some((winsock, Stream(s))),
    }
}

pub fn has_ipv6_streams() -> bool {
    let Some((_winsock, stream)) = setup() else {
        return false;
    };
    println!("descriptor {}", stream.0);
    true
}
