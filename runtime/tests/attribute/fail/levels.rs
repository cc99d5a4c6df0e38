//! Findings at warn are warnings; the levels of rules can be set; a suppression that suppresses nothing is
//! told.
#![deny(deprecated)]

use socket_lifecycle::socket_lifecycle;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Conn(SOCKET);

impl Conn {
    #[socket_lifecycle]
    pub fn linger(&self) -> i32 {
        let linger = LINGER { l_onoff: 1, l_linger: 5000 };
        let value = &raw const linger as *const u8;
        unsafe { setsockopt(self.0, SOL_SOCKET, SO_LINGER, value, 4) }
    }

    #[socket_lifecycle(allow(linger_units, reason = "a test's, 5000 seconds are meant"))]
    pub fn linger_long(&self) -> i32 {
        let linger = LINGER { l_onoff: 1, l_linger: 5000 };
        let value = &raw const linger as *const u8;
        unsafe { setsockopt(self.0, SOL_SOCKET, SO_LINGER, value, 4) }
    }
}

#[socket_lifecycle(deny(pedantic), warn(double_close))]
pub fn close(s: SOCKET) {
    unsafe { closesocket(s) };
}

#[socket_lifecycle(allow(double_close))]
pub fn nothing(s: SOCKET) -> i32 {
    unsafe { closesocket(s) }
}

fn main() {}
