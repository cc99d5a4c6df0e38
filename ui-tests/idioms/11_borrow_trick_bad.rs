//! The borrow trick without a guard: on the early exit the temporary owner closes, and so does the caller.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{FromRawSocket, IntoRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, socket};

pub fn open(ttl: u32) -> io::Result<RawSocket> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let borrowed = unsafe { UdpSocket::from_raw_socket(s as RawSocket) };
    if let Err(e) = borrowed.set_ttl(ttl) {
        unsafe { closesocket(s) }; //~ double_close
        return Err(e);
    }
    Ok(borrowed.into_raw_socket())
}
