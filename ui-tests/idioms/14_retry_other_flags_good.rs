//! Creation is retried only when there is no first socket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCK_STREAM, SOCKET, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSAEINVAL, WSAEPROTOTYPE, WSAGetLastError, WSASocketW};

pub fn new_stream(family: u16) -> io::Result<SOCKET> {
    unsafe {
        let mut s = WSASocketW(family.into(), SOCK_STREAM, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
        if s == INVALID_SOCKET && matches!(WSAGetLastError(), WSAEPROTOTYPE | WSAEINVAL) {
            s = WSASocketW(family.into(), SOCK_STREAM, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED);
        }
        if s == INVALID_SOCKET {
            return Err(io::Error::from_raw_os_error(WSAGetLastError()));
        }
        Ok(s)
    }
}
