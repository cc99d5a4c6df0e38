//! windows crate: a timer routine asks WSAIsBlocking whether it interrupted a call.

use windows::Win32::Foundation::HWND;
use windows::Win32::Networking::WinSock::{SEND_RECV_FLAGS, SOCKET, WSAIsBlocking, send};

pub struct Heartbeat {
    pub window: HWND,
    pub socket: SOCKET,
}

impl Heartbeat {
    pub fn tick(&self) -> bool {
        if unsafe { WSAIsBlocking() }.is_ok() { //~ winsock1_blocking_hook
            return false;
        }
        let sent = unsafe { send(self.socket, b"\0", SEND_RECV_FLAGS(0)) };
        sent == 1
    }
}
