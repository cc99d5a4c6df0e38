//! Drop only calls the closing method.

use std::os::windows::io::RawSocket;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

pub struct Tap {
    raw: RawSocket,
}

impl Tap {
    fn close(&mut self) {
        unsafe { WinSock::closesocket(self.raw as SOCKET) };
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.close();
    }
}
