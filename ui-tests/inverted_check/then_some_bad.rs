//! `then_some` gives the value out when the call failed.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{self as c, SOCKET};

pub fn receive_buffer(socket: &UdpSocket) -> io::Result<i32> {
    let mut size = 0i32;
    let mut len = 4i32;
    let r = unsafe {
        let raw = socket.as_raw_socket() as SOCKET;
        c::getsockopt(raw, c::SOL_SOCKET, c::SO_RCVBUF, (&raw mut size).cast(), &mut len)
    };
    (r == c::SOCKET_ERROR).then_some(size).ok_or_else(io::Error::last_os_error) //~ inverted_check
}
