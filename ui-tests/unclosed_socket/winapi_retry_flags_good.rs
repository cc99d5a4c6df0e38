//! winapi: creation is retried with other flags, and every exit closes or wraps.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::FromRawSocket;
use std::ptr;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM};
use winapi::um::handleapi::SetHandleInformation;
use winapi::um::winbase::HANDLE_FLAG_INHERIT;
use winapi::um::winsock2::closesocket;
use winapi::um::winsock2::{INVALID_SOCKET, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSASocketW};

pub fn stream() -> io::Result<TcpStream> {
    unsafe {
        let s = WSASocketW(AF_INET, SOCK_STREAM, 0, ptr::null_mut(), 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
        if s != INVALID_SOCKET {
            return Ok(TcpStream::from_raw_socket(s as _));
        }
        let s = WSASocketW(AF_INET, SOCK_STREAM, 0, ptr::null_mut(), 0, WSA_FLAG_OVERLAPPED);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if SetHandleInformation(s as _, HANDLE_FLAG_INHERIT, 0) == 0 {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        Ok(TcpStream::from_raw_socket(s as _))
    }
}
