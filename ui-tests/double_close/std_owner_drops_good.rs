//! `into_raw_socket` takes the descriptor out of the stream before it is closed by hand.

use std::net::TcpStream;
use std::os::windows::io::IntoRawSocket;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

pub fn hang_up(stream: TcpStream) {
    let raw = stream.into_raw_socket() as SOCKET;
    unsafe {
        WinSock::shutdown(raw, WinSock::SD_BOTH);
        WinSock::closesocket(raw);
    }
}
