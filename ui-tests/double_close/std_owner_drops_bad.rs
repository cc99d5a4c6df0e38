//! `as_raw_socket` only borrows: the stream's own drop closes the socket a second time.

use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

pub fn hang_up(stream: TcpStream) {
    let raw = stream.as_raw_socket() as SOCKET;
    unsafe {
        WinSock::shutdown(raw, WinSock::SD_BOTH);
        WinSock::closesocket(raw); //~ double_close
    }
}
