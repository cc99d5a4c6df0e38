//! recv reads from the listener instead of the socket that accept returned.

use std::{io, ptr};
use windows_sys::Win32::Networking::WinSock::{accept, AF_INET, bind, closesocket, INVALID_SOCKET, listen, recv, SOCK_STREAM, SOCKADDR, SOCKET, socket};

fn open_listener(addr: *const SOCKADDR, len: i32) -> io::Result<SOCKET> {
    unsafe {
        let s = socket(AF_INET as i32, SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if bind(s, addr, len) != 0 || listen(s, 4) != 0 {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        Ok(s)
    }
}

pub fn read_one_byte(addr: *const SOCKADDR, len: i32) -> io::Result<u8> {
    let s = open_listener(addr, len)?;
    let mut byte = 0u8;
    let mut result = Err(io::ErrorKind::UnexpectedEof.into());
    unsafe {
        let c = accept(s, ptr::null_mut(), ptr::null_mut());
        if c != INVALID_SOCKET {
            if recv(s, &mut byte, 1, 0) == 1 { //~ socket_phase
                result = Ok(byte);
            }
            closesocket(c);
        }
        closesocket(s);
    }
    result
}
