//! A helper starts the receive for its caller, who returns without waiting.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

/// # Safety
/// The caller keeps all three until the receive is complete.
unsafe fn start(s: SOCKET, buf: *mut u8, len: u32, overlapped: *mut OVERLAPPED) -> io::Result<()> {
    let data = WSABUF { len, buf };
    let mut flags = 0;
    match WSARecv(s, &data, 1, null_mut(), &mut flags, overlapped, None) { //~ overlapped_freed_early
        0 => Ok(()),
        _ if WSAGetLastError() == WSA_IO_PENDING => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

pub fn discard(s: SOCKET) -> io::Result<HANDLE> {
    let mut sink = [0u8; 64];
    let mut overlapped = OVERLAPPED::default();
    unsafe { start(s, sink.as_mut_ptr(), 64, &mut overlapped)? };
    Ok(overlapped.hEvent)
}
