//! The caller owns both the OVERLAPPED and the data buffer.

use std::io;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};

/// # Safety
/// The caller keeps what it passes alive until the operation completes.
pub unsafe fn recv_overlapped(s: SOCKET, buf: &mut [u8], overlapped: *mut OVERLAPPED) -> io::Result<Option<usize>> {
    let wsabuf = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let mut received = 0;
    let mut flags = 0;
    let res = WSARecv(s, &wsabuf, 1, &mut received, &mut flags, overlapped, None);
    if res != SOCKET_ERROR {
        return Ok(Some(received as usize));
    }
    match WSAGetLastError() {
        WSA_IO_PENDING => Ok(None),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}
