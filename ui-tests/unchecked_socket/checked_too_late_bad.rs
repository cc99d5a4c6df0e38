//! The check comes one call too late.

use std::io;
use std::ptr;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, FIONBIO, INVALID_SOCKET, ioctlsocket, SOCK_DGRAM, SOCKET, WSA_FLAG_OVERLAPPED, WSASocketW};

pub fn overlapped_udp() -> io::Result<SOCKET> {
    unsafe {
        let s = WSASocketW(AF_INET as i32, SOCK_DGRAM, 0, ptr::null(), 0, WSA_FLAG_OVERLAPPED);
        let mut nonblocking = 1u32;
        let r = ioctlsocket(s, FIONBIO, &mut nonblocking); //~ unchecked_socket
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if r != 0 {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        Ok(s)
    }
}
