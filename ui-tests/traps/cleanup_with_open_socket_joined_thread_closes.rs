//! The thread closes its socket, and it is joined before WSACleanup.

use std::thread;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, WSACleanup, WSADATA, WSAStartup, closesocket, sendto, socket};

pub fn announce(to: SOCKADDR_IN) -> bool {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 {
        return false;
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        unsafe { WSACleanup() };
        return false;
    }
    let sender = thread::spawn(move || {
        let len = size_of::<SOCKADDR_IN>() as i32;
        let sent = unsafe { sendto(s, b"here".as_ptr(), 4, 0, (&raw const to).cast(), len) };
        unsafe { closesocket(s) };
        sent == 4
    });
    let sent = sender.join().unwrap_or(false);
    unsafe { WSACleanup() };
    sent
}
