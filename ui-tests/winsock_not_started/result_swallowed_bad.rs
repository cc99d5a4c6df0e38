//! `.ok()` swallows the failed start-up, and the socket is opened all the same.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKET, WSADATA, WSAStartup, socket};

fn cvt_code(code: i32) -> io::Result<()> {
    match code {
        0 => Ok(()),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}

/// Starts Winsock for the rest of the process.
fn start() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    cvt_code(unsafe { WSAStartup(0x202, &mut data) })
}

pub fn first_socket() -> io::Result<SOCKET> {
    start().ok();
    match unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) } { //~ winsock_not_started
        INVALID_SOCKET => Err(io::ErrorKind::Unsupported.into()),
        s => Ok(s),
    }
}
