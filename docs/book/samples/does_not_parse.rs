//! The first function does not parse. The second leaks.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, SOCK_STREAM, socket};

pub fn unfinished() -> bool {
    let s = ;
    true
}

pub fn leaks() -> bool {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    s != INVALID_SOCKET
}
