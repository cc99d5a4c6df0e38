//! The type says that it is closed by a None in its field.

use std::io;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

pub struct Link {
    socket: Option<SOCKET>,
}

impl Link {
    /// Closes the link if it has been idle, and says whether it can still be used.
    pub fn reap(&mut self, idle_ms: u64) -> bool {
        let Some(s) = self.socket else { return false };
        if idle_ms > 30_000 {
            unsafe { WinSock::closesocket(s) };
            self.socket = None;
        }
        match self.socket {
            Some(s) => unsafe { WinSock::send(s, [0u8].as_ptr(), 0, 0) != WinSock::SOCKET_ERROR },
            None => false,
        }
    }
}
