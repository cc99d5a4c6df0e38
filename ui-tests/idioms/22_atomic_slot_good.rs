//! The number in the atomic is swapped out and closed, once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, setsockopt, SO_KEEPALIVE, SOCK_STREAM, socket, SOL_SOCKET};

pub struct Stopper(Arc<AtomicUsize>);

impl Stopper {
    pub fn stop(&self) {
        let s = self.0.swap(INVALID_SOCKET, Ordering::AcqRel);
        if s != INVALID_SOCKET {
            unsafe { closesocket(s) };
        }
    }
}

pub fn open() -> Option<Stopper> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return None;
    }
    let slot = Arc::new(AtomicUsize::new(s));
    let on = 1i32;
    if unsafe { setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (&raw const on).cast(), 4) } != 0 {
        Stopper(slot).stop();
        return None;
    }
    Some(Stopper(slot))
}
