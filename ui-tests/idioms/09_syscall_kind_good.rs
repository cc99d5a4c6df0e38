//! `syscall!(SOCKET | BOOL, expr)`: polling's shape; an owner is made before the `?`.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket, RawSocket};
use windows_sys::Win32::Foundation::{HANDLE, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, SOCK_DGRAM, WSA_FLAG_OVERLAPPED, WSAGetLastError, WSASocketW};

macro_rules! syscall {
    (SOCKET, $e:expr) => {{
        let s = unsafe { $e };
        if s == INVALID_SOCKET { Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })) } else { Ok(s) }
    }};
    (BOOL, $e:expr) => {{
        let ok = unsafe { $e };
        if ok == 0 { Err(io::Error::last_os_error()) } else { Ok(ok) }
    }};
}

pub fn anonymous() -> io::Result<OwnedSocket> {
    let s = syscall!(SOCKET, WSASocketW(AF_INET as i32, SOCK_DGRAM, 0, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED))?;
    let owned = unsafe { OwnedSocket::from_raw_socket(s as RawSocket) };
    syscall!(BOOL, SetHandleInformation(s as HANDLE, 1, 0))?;
    Ok(owned)
}
