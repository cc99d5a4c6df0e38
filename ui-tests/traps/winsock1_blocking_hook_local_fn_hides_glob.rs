//! A function of the file hides the one of the glob import.

use std::sync::atomic::{AtomicUsize, Ordering};
use windows_sys::Win32::Networking::WinSock::*;

static WAITING: AtomicUsize = AtomicUsize::new(0);

#[allow(non_snake_case)]
fn WSAIsBlocking() -> bool {
    WAITING.load(Ordering::Relaxed) > 0
}

pub fn receive(s: SOCKET, buf: &mut [u8]) -> i32 {
    if WSAIsBlocking() {
        return SOCKET_ERROR;
    }
    WAITING.fetch_add(1, Ordering::Relaxed);
    let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
    WAITING.fetch_sub(1, Ordering::Relaxed);
    n
}
