//! `n => Ok(Socket(n))` behind an arm for 0, which a failure is not.

use std::io;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSAGetLastError, WSASocketW};

pub struct Socket(SOCKET);

impl Socket {
    pub fn new(family: i32, ty: i32) -> io::Result<Socket> {
        let socket = unsafe { WSASocketW(family, ty, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT) };
        match socket {
            0 => Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })), //~ wrong_sentinel
            n => Ok(Socket(n)),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = unsafe { closesocket(self.0) };
    }
}
