//! An inherited standard handle is asked whether it is a socket at all; nobody has closed it.

use std::io;
use std::os::windows::io::{AsRawHandle, RawHandle};
use windows_sys::Win32::Networking::WinSock::{SO_TYPE, SOCK_DGRAM, SOCK_STREAM, SOCKET, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError, getsockopt};

#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    Stream,
    Datagram,
    OtherSocket(i32),
    NoSocket,
}

fn kind_of(handle: RawHandle) -> io::Result<Kind> {
    let mut kind = 0i32;
    let mut len = size_of::<i32>() as i32;
    let res = unsafe { getsockopt(handle as SOCKET, SOL_SOCKET, SO_TYPE, std::ptr::addr_of_mut!(kind).cast(), &mut len) };
    if res == 0 {
        return Ok(match kind {
            SOCK_STREAM => Kind::Stream,
            SOCK_DGRAM => Kind::Datagram,
            other => Kind::OtherSocket(other),
        });
    }
    match unsafe { WSAGetLastError() } {
        WSAENOTSOCK => Ok(Kind::NoSocket),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}

/// How inetd-like parents hand over a connection.
pub fn stdin_kind() -> io::Result<Kind> {
    kind_of(io::stdin().as_raw_handle())
}
