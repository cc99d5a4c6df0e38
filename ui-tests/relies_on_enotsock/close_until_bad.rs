//! windows crate: closesocket is repeated until it says WSAENOTSOCK.

use std::thread;
use std::time::Duration;
use windows::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSAENOTSOCK, WSAGetLastError, closesocket};

pub fn close_for_good(s: SOCKET) {
    for _ in 0..100 {
        let r = unsafe { closesocket(s) }; //~ double_close
        if r == SOCKET_ERROR && unsafe { WSAGetLastError() } == WSAENOTSOCK { //~ relies_on_enotsock
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
}
