//! `into_raw_socket` takes the descriptor out of its owner, and nobody gets it.

use std::net::TcpStream;
use std::os::windows::io::IntoRawSocket;
use windows_sys::Win32::Networking::WinSock::{SD_SEND, shutdown, SOCKET};

pub fn send_reset_hint(stream: TcpStream) -> bool {
    let raw = stream.into_raw_socket() as SOCKET; //~ unclosed_socket
    unsafe { shutdown(raw, SD_SEND) == 0 }
}
