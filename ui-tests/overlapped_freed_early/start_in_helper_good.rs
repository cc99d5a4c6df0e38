//! A helper starts the receive for its caller, who waits.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{GetOverlappedResult, OVERLAPPED};

/// # Safety
/// The caller keeps all three until the receive is complete.
unsafe fn start(s: SOCKET, buf: *mut u8, len: u32, overlapped: *mut OVERLAPPED) -> io::Result<()> {
    let data = WSABUF { len, buf };
    let mut flags = 0;
    match WSARecv(s, &data, 1, null_mut(), &mut flags, overlapped, None) {
        0 => Ok(()),
        _ if WSAGetLastError() == WSA_IO_PENDING => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

pub fn discard(s: SOCKET) -> io::Result<u32> {
    let mut sink = [0u8; 64];
    let mut overlapped = OVERLAPPED::default();
    unsafe { start(s, sink.as_mut_ptr(), 64, &mut overlapped)? };
    let mut n = 0;
    match unsafe { GetOverlappedResult(s as HANDLE, &overlapped, &mut n, 1) } {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(n),
    }
}
