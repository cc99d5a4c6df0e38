//! windows crate: closesocket is repeated only as long as it says WSAEWOULDBLOCK.

use std::thread;
use std::time::Duration;
use windows::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSAEWOULDBLOCK, WSAGetLastError, closesocket};

pub fn close_for_good(s: SOCKET) {
    for _ in 0..100 {
        let r = unsafe { closesocket(s) };
        if r != SOCKET_ERROR || unsafe { WSAGetLastError() } != WSAEWOULDBLOCK {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
}
