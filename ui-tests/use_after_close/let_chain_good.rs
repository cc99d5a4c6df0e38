//! The idle socket's branch returns.

use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{self as sock, SOCKET};

pub fn tick(s: SOCKET, idle: Option<Duration>) -> bool {
    if let Some(idle) = idle
        && idle > Duration::from_secs(90)
    {
        unsafe { sock::closesocket(s) };
        return false;
    }
    unsafe { sock::send(s, [0u8].as_ptr(), 1, 0) == 1 }
}
