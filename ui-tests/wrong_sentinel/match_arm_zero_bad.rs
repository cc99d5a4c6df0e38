//! The failure arm of the match is 0.

use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

pub fn next_client(listener: SOCKET) -> Option<SOCKET> {
    match unsafe { WinSock::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) } {
        0 => None, //~ wrong_sentinel
        client => Some(client),
    }
}
