//! The `?` after from_raw_socket drops the owner, and the cleanup before it closes a second time.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{FromRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, WSA_FLAG_OVERLAPPED, WSAGetLastError, WSASocketW};

pub fn multicast(ttl: u32) -> io::Result<UdpSocket> {
    let raw = unsafe { WSASocketW(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED) };
    if raw == INVALID_SOCKET {
        return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
    }
    let socket = unsafe { UdpSocket::from_raw_socket(raw as RawSocket) };
    if let Err(e) = socket.set_multicast_ttl_v4(ttl) {
        unsafe { closesocket(raw) }; //~ double_close
        return Err(e);
    }
    Ok(socket)
}
