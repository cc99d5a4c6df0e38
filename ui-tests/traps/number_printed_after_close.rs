//! Printing the number is no use of the socket, and a variable may get a new one.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, SOCK_RAW, SOCK_STREAM, socket};

pub fn count_protocols(protocols: &[i32]) -> io::Result<usize> {
    let mut s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut known = 0;
    for &protocol in protocols {
        unsafe { closesocket(s) };
        println!("closed {s}, trying protocol {protocol}");
        s = unsafe { socket(AF_INET as i32, SOCK_RAW, protocol) };
        if s == INVALID_SOCKET {
            return Ok(known);
        }
        known += 1;
    }
    unsafe { closesocket(s) };
    println!("closed {s} at last");
    Ok(known)
}
