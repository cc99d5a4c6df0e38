//! The descriptor is owned by an OwnedSocket, and the error path leaves the close to it.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{AsRawSocket, FromRawSocket, OwnedSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock as ws;

pub enum OpenError {
    NoSocket(io::Error),
    InUse(io::Error),
}

fn owned() -> Option<OwnedSocket> {
    let raw = unsafe { ws::WSASocketW(ws::AF_INET.into(), ws::SOCK_DGRAM, 0, std::ptr::null(), 0, ws::WSA_FLAG_OVERLAPPED) };
    if raw != ws::INVALID_SOCKET { Some(unsafe { OwnedSocket::from_raw_socket(raw as RawSocket) }) } else { None }
}

pub fn open(local: &ws::SOCKADDR_IN) -> Result<UdpSocket, OpenError> {
    let Some(socket) = owned() else {
        return Err(OpenError::NoSocket(io::Error::last_os_error()));
    };
    let raw = socket.as_raw_socket() as ws::SOCKET;
    let name: *const ws::SOCKADDR_IN = local;
    if unsafe { ws::bind(raw, name.cast(), size_of_val(local) as i32) } == ws::SOCKET_ERROR {
        let err = io::Error::last_os_error();
        return Err(OpenError::InUse(err));
    }
    Ok(socket.into())
}
