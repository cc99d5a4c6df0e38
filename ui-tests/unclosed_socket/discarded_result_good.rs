//! Each accepted client is closed.

use std::ptr;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SOCKET};

pub unsafe fn drain_backlog(listener: SOCKET, n: usize) {
    for _ in 0..n {
        let client = accept(listener, ptr::null_mut(), ptr::null_mut());
        if client != INVALID_SOCKET {
            closesocket(client);
        }
    }
}
