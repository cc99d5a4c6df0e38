//! Drop calls the closing method and then closes once more.

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
        let _ = unsafe { WinSock::closesocket(self.raw as SOCKET) }; //~ double_close
    }
}
