//! A field takes the result, and the next line uses the field.

use windows_sys::Win32::Networking::WinSock::{accept, setsockopt, SO_RCVTIMEO, SOCKET, SOL_SOCKET};

pub struct Session {
    peer: SOCKET,
}

impl Session {
    pub unsafe fn wait(&mut self, listener: SOCKET) -> bool {
        self.peer = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
        let millis = 5_000u32;
        setsockopt(self.peer, SOL_SOCKET, SO_RCVTIMEO, (&raw const millis).cast(), 4) == 0 //~ unchecked_socket
    }
}
