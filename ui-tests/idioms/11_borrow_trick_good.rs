//! The borrow trick runs to into_raw_socket on every path.

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
    let res = borrowed.set_ttl(ttl);
    let raw = borrowed.into_raw_socket();
    if let Err(e) = res {
        unsafe { closesocket(s) };
        return Err(e);
    }
    Ok(raw)
}
