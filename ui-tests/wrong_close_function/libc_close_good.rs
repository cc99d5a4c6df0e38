//! closesocket takes the socket.

use std::os::windows::io::{IntoRawSocket, RawSocket};
use std::net::TcpStream;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET};

fn release(raw: RawSocket) -> bool {
    unsafe { closesocket(raw as SOCKET) == 0 }
}

pub fn hang_up(stream: TcpStream) -> bool {
    if stream.set_nodelay(true).is_err() {
        return false;
    }
    release(stream.into_raw_socket())
}
