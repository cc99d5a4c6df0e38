//! The close's result keeps the number of open sockets right; nothing is said about the data.

use std::sync::atomic::{AtomicUsize, Ordering};
use windows_sys::Win32::Networking::WinSock::*;

static OPEN: AtomicUsize = AtomicUsize::new(0);

pub unsafe fn send_line(addr: *const SOCKADDR, len: i32, line: &[u8]) {
    let s = socket(AF_INET as i32, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return;
    }
    OPEN.fetch_add(1, Ordering::Relaxed);
    let linger = LINGER { l_onoff: 1, l_linger: 2 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    if connect(s, addr, len) == 0 {
        send(s, line.as_ptr(), line.len() as i32, 0);
    }
    if closesocket(s) == 0 {
        OPEN.fetch_sub(1, Ordering::Relaxed);
    }
}
