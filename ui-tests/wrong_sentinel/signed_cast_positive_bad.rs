//! A signed cast makes -1 of the failure, but the comparison asks for 0.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, IPPROTO_ICMP, SOCK_RAW, SOCKET, socket};

pub fn raw_icmp() -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_RAW, IPPROTO_ICMP) };
    if s as isize == 0 { //~ wrong_sentinel
        return Err(io::Error::last_os_error());
    }
    Ok(s)
}
