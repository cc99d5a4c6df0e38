//! The destination of WSASendTo is copied by the call; only the data and the OVERLAPPED must live.

use std::mem::zeroed;
use std::net::SocketAddrV4;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{AF_INET, IN_ADDR, IN_ADDR_0, SOCKADDR_IN, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASendTo};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Datagram {
    overlapped: OVERLAPPED,
    bytes: [u8; 512],
}

/// # Safety
/// `datagram` lives until the port has returned it.
pub unsafe fn send_to(s: SOCKET, datagram: *mut Datagram, to: SocketAddrV4) -> Result<(), i32> {
    let address = SOCKADDR_IN {
        sin_family: AF_INET,
        sin_port: to.port().to_be(),
        sin_addr: IN_ADDR { S_un: IN_ADDR_0 { S_addr: u32::from(*to.ip()).to_be() } },
        sin_zero: zeroed(),
    };
    let data = WSABUF { len: 512, buf: (&raw mut (*datagram).bytes).cast() };
    let len = size_of::<SOCKADDR_IN>() as i32;
    let r = WSASendTo(s, &data, 1, null_mut(), 0, (&raw const address).cast(), len, datagram.cast(), None);
    match if r == 0 { 0 } else { WSAGetLastError() } {
        0 | WSA_IO_PENDING => Ok(()),
        code => Err(code),
    }
}
