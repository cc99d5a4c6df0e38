//! The field is set to INVALID_SOCKET after the close, and Drop looks at it.

use windows_sys::Win32::Networking::WinSock::{closesocket, INVALID_SOCKET, SD_SEND, setsockopt, shutdown, SO_RCVTIMEO, SOCKET, SOL_SOCKET};

pub struct Socket {
    socket: SOCKET,
}

impl Socket {
    pub fn from_accepted(socket: SOCKET) -> Socket {
        Socket { socket }
    }

    pub fn finish(mut self) -> bool {
        let ok = unsafe { shutdown(self.socket, SD_SEND) } == 0;
        let _ = self.set_timeout(0);
        unsafe { closesocket(self.socket) };
        self.socket = INVALID_SOCKET;
        ok
    }

    pub fn set_timeout(&mut self, ms: u32) -> bool {
        unsafe { setsockopt(self.socket, SOL_SOCKET, SO_RCVTIMEO, (&raw const ms).cast(), 4) == 0 }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.socket != INVALID_SOCKET {
            unsafe { closesocket(self.socket) };
        }
    }
}
