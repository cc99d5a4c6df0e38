//! The field is compared before it is used.

use windows_sys::Win32::Networking::WinSock::{accept, INVALID_SOCKET, setsockopt, SO_RCVTIMEO, SOCKET, SOL_SOCKET};

pub struct Session {
    peer: SOCKET,
}

impl Session {
    pub unsafe fn wait(&mut self, listener: SOCKET) -> bool {
        self.peer = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
        if self.peer == INVALID_SOCKET {
            return false;
        }
        let millis = 5_000u32;
        setsockopt(self.peer, SOL_SOCKET, SO_RCVTIMEO, (&raw const millis).cast(), 4) == 0
    }
}
