//! `.map(Socket)` makes the owner; closing the number on error is the second close.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, INVALID_SOCKET, IPPROTO_IPV6, IPPROTO_TCP, IPV6_V6ONLY, setsockopt, SOCK_STREAM, SOCKET, SOCKET_ERROR, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSASocketW};

pub struct Socket(SOCKET);

impl Drop for Socket {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

fn raw() -> io::Result<SOCKET> {
    let s = unsafe { WSASocketW(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT) };
    if s == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(s) }
}

pub fn dual_stack() -> io::Result<Socket> {
    let socket = raw().map(Socket)?;
    let off = 0u32;
    if unsafe { setsockopt(socket.0, IPPROTO_IPV6, IPV6_V6ONLY, (&raw const off).cast(), 4) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(socket.0) }; //~ double_close
        return Err(err);
    }
    Ok(socket)
}
