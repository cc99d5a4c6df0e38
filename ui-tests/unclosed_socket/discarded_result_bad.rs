//! The listener's backlog is drained by accepting and dropping numbers.

use std::ptr;
use windows_sys::Win32::Networking::WinSock::{accept, SOCKET};

pub unsafe fn drain_backlog(listener: SOCKET, n: usize) {
    for _ in 0..n {
        let _ = accept(listener, ptr::null_mut(), ptr::null_mut()); //~ unclosed_socket
    }
}
