//! windows crate: a timer routine asks a flag of its own whether it interrupted a call.

use std::sync::atomic::{AtomicBool, Ordering};
use windows::Win32::Foundation::HWND;
use windows::Win32::Networking::WinSock::{SEND_RECV_FLAGS, SOCKET, send};

static SENDING: AtomicBool = AtomicBool::new(false);

pub struct Heartbeat {
    pub window: HWND,
    pub socket: SOCKET,
}

impl Heartbeat {
    pub fn tick(&self) -> bool {
        if SENDING.swap(true, Ordering::Acquire) {
            return false;
        }
        let sent = unsafe { send(self.socket, b"\0", SEND_RECV_FLAGS(0)) };
        SENDING.store(false, Ordering::Release);
        sent == 1
    }
}
