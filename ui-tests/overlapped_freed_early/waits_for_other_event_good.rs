//! After the stop event the receive is cancelled, and its own event awaited.

use std::io;
use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::System::Threading::{INFINITE, WaitForSingleObject};

pub struct Events {
    pub ready: HANDLE,
    pub stop: HANDLE,
}

/// Receives until told to stop. Both events are manual-reset.
pub unsafe fn drain(s: SOCKET, events: &Events) -> io::Result<()> {
    let mut sink = [0u8; 512];
    let mut overlapped: OVERLAPPED = zeroed();
    overlapped.hEvent = events.ready;
    let data = WSABUF { len: 512, buf: sink.as_mut_ptr() };
    let mut flags = 0;
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None);
    if r != 0 && WSAGetLastError() != WSA_IO_PENDING {
        return Err(io::Error::last_os_error());
    }
    if WaitForSingleObject(events.stop, INFINITE) != WAIT_OBJECT_0 {
        std::process::abort();
    }
    CancelIoEx(s as HANDLE, &overlapped);
    if WaitForSingleObject(events.ready, INFINITE) != WAIT_OBJECT_0 {
        std::process::abort();
    }
    Ok(())
}
