//! A let-chain closes an idle socket without leaving, and the keep-alive goes out on it.

use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{self as sock, SOCKET};

pub fn tick(s: SOCKET, idle: Option<Duration>) -> bool {
    if let Some(idle) = idle
        && idle > Duration::from_secs(90)
    {
        unsafe { sock::closesocket(s) };
    }
    unsafe { sock::send(s, [0u8].as_ptr(), 1, 0) == 1 } //~ use_after_close
}
