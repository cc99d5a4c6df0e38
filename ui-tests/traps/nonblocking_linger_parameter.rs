//! The mode of the caller's socket is not known here; it may well be blocking.

use windows_sys::Win32::Networking::WinSock::{closesocket, LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

pub struct Pool {
    idle: Vec<SOCKET>,
}

impl Pool {
    pub fn clear(&mut self) {
        for s in self.idle.drain(..) {
            close_slowly(s);
        }
    }
}

pub fn close_slowly(s: SOCKET) {
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    unsafe {
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
        closesocket(s);
    }
}
