//! A BorrowedSocket made by borrow_raw is used after the close.

use std::io;
use std::os::windows::io::{AsRawSocket, BorrowedSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, setsockopt, SO_RCVTIMEO, SOCK_DGRAM, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

fn timeout(socket: BorrowedSocket<'_>, ms: u32) -> io::Result<()> {
    let res = unsafe {
        setsockopt(
            socket.as_raw_socket() as SOCKET,
            SOL_SOCKET,
            SO_RCVTIMEO,
            std::ptr::from_ref(&ms).cast(),
            size_of::<u32>() as _,
        )
    };
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn probe(ms: u32) -> io::Result<()> {
    let s = unsafe { socket(AF_INET as _, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let borrowed = unsafe { BorrowedSocket::borrow_raw(s as RawSocket) };
    unsafe { closesocket(s) };
    timeout(borrowed, ms) //~ use_after_close
}
