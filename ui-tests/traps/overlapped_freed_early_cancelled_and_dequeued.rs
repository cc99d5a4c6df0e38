//! After CancelIoEx the port is read until it has returned the operation; only then is it freed.

use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, GetQueuedCompletionStatus, OVERLAPPED};
use windows_sys::Win32::System::Threading::INFINITE;

/// `port` belongs to this socket alone.
pub unsafe fn peek_now(s: SOCKET, port: HANDLE) -> Option<u8> {
    let mut byte = Box::new(0u8);
    let mut overlapped = Box::new(OVERLAPPED::default());
    let ours: *mut OVERLAPPED = &mut *overlapped;
    let data = WSABUF { len: 1, buf: &mut *byte };
    let mut flags = 2;
    if WSARecv(s, &data, 1, null_mut(), &mut flags, ours, None) != 0 {
        if WSAGetLastError() != WSA_IO_PENDING {
            return None;
        }
        CancelIoEx(s as HANDLE, ours);
    }
    let (mut n, mut key) = (0, 0);
    let ok = loop {
        let mut done = null_mut();
        let ok = GetQueuedCompletionStatus(port, &mut n, &mut key, &mut done, INFINITE) != 0;
        if done == ours {
            break ok;
        }
    };
    (ok && n == 1).then(|| *byte)
}
