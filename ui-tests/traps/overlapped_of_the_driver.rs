//! OVERLAPPED and buffer are the caller's for as long as the operation is pending.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

/// `overlapped` and `buf` must live until the port has returned the operation.
pub unsafe fn read_overlapped(s: SOCKET, buf: *mut [u8], overlapped: *mut OVERLAPPED) -> io::Result<Option<usize>> {
    let data = WSABUF { len: buf.len() as u32, buf: buf.cast() };
    let mut flags = 0;
    let mut received = 0;
    let r = WSARecv(s, &data, 1, &mut received, &mut flags, overlapped, None);
    if r == 0 {
        return Ok(Some(received as usize));
    }
    match WSAGetLastError() {
        WSA_IO_PENDING => Ok(None),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}
