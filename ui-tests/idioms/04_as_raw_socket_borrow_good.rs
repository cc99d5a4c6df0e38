//! as_raw_socket only borrows: shutdown through it, and the owner closes.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{SD_SEND, shutdown, SOCKET, SOCKET_ERROR};

pub fn hang_up(stream: TcpStream) -> io::Result<()> {
    let raw = stream.as_raw_socket() as SOCKET;
    if unsafe { shutdown(raw, SD_SEND) } == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
