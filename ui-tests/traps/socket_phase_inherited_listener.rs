//! A socket made from another process's protocol information is in whatever phase that process left it.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, FROM_PROTOCOL_INFO, INVALID_SOCKET, SOCKET, WSA_FLAG_OVERLAPPED, WSAPROTOCOL_INFOW, WSASocketW};

/// The parent process duplicated its listening socket for this one.
pub fn accept_from_parent(info: &WSAPROTOCOL_INFOW) -> io::Result<SOCKET> {
    unsafe {
        let listener = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, info, 0, WSA_FLAG_OVERLAPPED);
        if listener == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let client = accept(listener, null_mut(), null_mut());
        let result = if client == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(client) };
        closesocket(listener);
        result
    }
}
