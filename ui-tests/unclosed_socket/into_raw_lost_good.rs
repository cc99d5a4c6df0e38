//! `as_raw_socket` borrows the descriptor, and the stream stays its owner.

use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{SD_SEND, shutdown, SOCKET};

pub fn send_reset_hint(stream: TcpStream) -> bool {
    let raw = stream.as_raw_socket() as SOCKET;
    unsafe { shutdown(raw, SD_SEND) == 0 }
}
