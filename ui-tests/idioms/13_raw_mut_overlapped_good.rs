//! `&raw mut` of a local OVERLAPPED; the function ends when the receive has.

use std::io;
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{MSG_PEEK, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};

pub unsafe fn peek(s: SOCKET, buf: &'static mut [u8]) -> io::Result<u32> {
    let mut overlapped: OVERLAPPED = std::mem::zeroed();
    let mut wsabuf = WSABUF { len: buf.len() as u32, buf: (&raw mut *buf).cast() };
    let (mut n, mut flags) = (0u32, MSG_PEEK as u32);
    let res = WSARecv(s, &raw mut wsabuf, 1, &raw mut n, &raw mut flags, &raw mut overlapped, None);
    if res == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        return Err(io::Error::last_os_error());
    }
    CancelIoEx(s as HANDLE, &raw mut overlapped);
    match WSAGetOverlappedResult(s, &raw const overlapped, &raw mut n, 1, &raw mut flags) {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(n),
    }
}
