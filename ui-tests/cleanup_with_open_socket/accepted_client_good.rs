//! The listener and its client are closed before WSACleanup.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, WSACleanup, WSADATA, WSAStartup, accept, bind, closesocket, listen, recv, socket};

pub unsafe fn one_byte(addr: *const SOCKADDR_IN) -> Option<u8> {
    let mut data: WSADATA = std::mem::zeroed();
    if WSAStartup(0x202, &mut data) != 0 {
        return None;
    }
    let listener = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if listener == INVALID_SOCKET {
        WSACleanup();
        return None;
    }
    let mut byte = None;
    if bind(listener, addr.cast(), size_of::<SOCKADDR_IN>() as i32) == 0 && listen(listener, 1) == 0 {
        let client = accept(listener, null_mut(), null_mut());
        if client != INVALID_SOCKET {
            let mut b = 0u8;
            if recv(client, &mut b, 1, 0) == 1 {
                byte = Some(b);
            }
            closesocket(client);
        }
    }
    closesocket(listener);
    WSACleanup();
    byte
}
