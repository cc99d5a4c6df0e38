//! The caller of the helper waits for the acknowledgement before it closes the ATM socket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_ATM, ATMPROTO_AAL5, closesocket, connect, INVALID_SOCKET, recv, send, SOCK_RAW, SOCKADDR, SOCKET, socket};

unsafe fn write_all(s: SOCKET, mut data: &[u8]) -> io::Result<()> {
    while !data.is_empty() {
        let n = send(s, data.as_ptr(), data.len() as i32, 0);
        if n <= 0 {
            return Err(io::Error::last_os_error());
        }
        data = &data[n as usize..];
    }
    Ok(())
}

pub unsafe fn upload(addr: *const SOCKADDR, len: i32, image: &[u8]) -> io::Result<()> {
    let s = socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let result = if connect(s, addr, len) != 0 {
        Err(io::Error::last_os_error())
    } else {
        let written = write_all(s, image);
        let mut ack = 0u8;
        recv(s, &mut ack, 1, 0);
        written
    };
    closesocket(s);
    result
}
