//! An array of two; when the second fails the first leaks.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKET, socket};

fn udp() -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) }; //~ unclosed_socket
    if s == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(s) }
}

pub fn pair() -> io::Result<[SOCKET; 2]> {
    let first = udp()?;
    let second = udp()?;
    Ok([first, second])
}
