//! A method that has just closed its field looks for WSAENOTSOCK in a match on raw_os_error.

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
        if unsafe { WinSock::send(s, [0u8].as_ptr(), 0, 0) } != WinSock::SOCKET_ERROR { //~ use_after_close
            return true;
        }
        match io::Error::last_os_error().raw_os_error() {
            Some(WinSock::WSAENOTSOCK | WinSock::WSAESHUTDOWN) => false, //~ relies_on_enotsock
            _ => true,
        }
    }
}
