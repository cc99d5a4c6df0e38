//! A Once closure closes its probe by the socket's function.

use std::sync::Once;
use std::sync::atomic::{AtomicI32, Ordering};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, getsockopt, INVALID_SOCKET, IPPROTO_TCP, SO_SNDBUF, SOCK_STREAM, socket, SOL_SOCKET};

static INIT: Once = Once::new();
static SNDBUF: AtomicI32 = AtomicI32::new(8192);

pub fn default_send_buffer() -> i32 {
    INIT.call_once(|| {
        let probe = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if probe != INVALID_SOCKET {
            let (mut size, mut len) = (0i32, size_of::<i32>() as i32);
            if unsafe { getsockopt(probe, SOL_SOCKET, SO_SNDBUF, (&raw mut size).cast(), &mut len) } == 0 {
                SNDBUF.store(size, Ordering::Relaxed);
            }
            unsafe { closesocket(probe) };
        }
    });
    SNDBUF.load(Ordering::Relaxed)
}
