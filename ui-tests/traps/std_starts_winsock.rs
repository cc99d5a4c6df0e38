//! A bind of std starts Winsock, once and for the whole process.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{FromRawSocket, OwnedSocket};
use std::sync::Once;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_ICMP, SOCK_RAW, socket};

fn init() {
    static INIT: Once = Once::new();
    INIT.call_once(|| drop(UdpSocket::bind("127.0.0.1:0")));
}

pub fn raw_icmp() -> io::Result<OwnedSocket> {
    init();
    match unsafe { socket(AF_INET as i32, SOCK_RAW, IPPROTO_ICMP) } {
        INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(unsafe { OwnedSocket::from_raw_socket(s as _) }),
    }
}
