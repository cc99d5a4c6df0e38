//! An Option read without take(): the explicit close and Drop both see it.

use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET};

#[derive(Default)]
pub struct Session {
    socket: Option<SOCKET>,
    sent: u64,
}

impl Session {
    /// Gives back the socket it had before.
    pub fn adopt(&mut self, s: SOCKET) -> Option<SOCKET> {
        self.socket.replace(s)
    }

    pub fn into_sent(mut self) -> u64 {
        if let Some(s) = self.socket {
            unsafe { closesocket(s) }; //~ double_close
        }
        self.sent += 1;
        self.sent
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(s) = self.socket.take() {
            unsafe { closesocket(s) };
        }
    }
}
