//! Creation is retried on any bind error and overwrites the first socket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, setsockopt, SO_EXCLUSIVEADDRUSE, SOCK_STREAM, SOCKET, SOL_SOCKET, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSAGetLastError, WSASocketW};

pub fn new_stream(family: u16) -> io::Result<SOCKET> {
    unsafe {
        let mut s = WSASocketW(family.into(), SOCK_STREAM, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT); //~ unclosed_socket
        let on = 1u32;
        if s == INVALID_SOCKET || setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (&raw const on).cast(), 4) != 0 {
            s = WSASocketW(family.into(), SOCK_STREAM, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED);
        }
        if s == INVALID_SOCKET {
            return Err(io::Error::from_raw_os_error(WSAGetLastError()));
        }
        Ok(s)
    }
}
