//! A descriptor that was inherited is tested for being a socket at all; nothing has closed it.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{getsockopt, SO_TYPE, SOCK_STREAM, SOCKET, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError};

pub fn from_env(value: &str) -> io::Result<Option<OwnedSocket>> {
    let Ok(raw) = value.parse::<RawSocket>() else { return Ok(None) };
    let (mut kind, mut len) = (0i32, 4i32);
    if unsafe { getsockopt(raw as SOCKET, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &mut len) } != 0 {
        return match unsafe { WSAGetLastError() } {
            WSAENOTSOCK => Ok(None),
            code => Err(io::Error::from_raw_os_error(code)),
        };
    }
    Ok((kind == SOCK_STREAM).then(|| unsafe { OwnedSocket::from_raw_socket(raw) }))
}
