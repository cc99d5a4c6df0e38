//! `n => Ok(Socket(n))` behind the arm INVALID_SOCKET.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, INVALID_SOCKET, SOCKET, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSAGetLastError, WSASocketW};

pub struct Socket(SOCKET);

impl Socket {
    pub fn new(family: i32, ty: i32) -> io::Result<Socket> {
        let socket = unsafe { WSASocketW(family, ty, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT) };
        match socket {
            INVALID_SOCKET => Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })),
            n => Ok(Socket(n)),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = unsafe { closesocket(self.0) };
    }
}
