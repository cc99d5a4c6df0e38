//! Box::into_raw at the start, Box::from_raw when the port gives it back.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatus, OVERLAPPED};
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};

#[repr(C)]
struct Op {
    overlapped: OVERLAPPED,
    buf: [u8; 4096],
}

pub unsafe fn receive(s: SOCKET) -> io::Result<()> {
    let op = Box::into_raw(Box::new(Op { overlapped: std::mem::zeroed(), buf: [0; 4096] }));
    let wsabuf = WSABUF { len: 4096, buf: (&raw mut (*op).buf).cast() };
    let mut flags = 0;
    let res = WSARecv(s, &wsabuf, 1, std::ptr::null_mut(), &mut flags, op.cast(), None);
    let code = if res == SOCKET_ERROR { WSAGetLastError() } else { 0 };
    if code != 0 && code != WSA_IO_PENDING {
        drop(Box::from_raw(op));
        return Err(io::Error::from_raw_os_error(code));
    }
    Ok(())
}

pub unsafe fn complete(port: HANDLE) -> Option<u32> {
    let (mut n, mut key, mut overlapped) = (0, 0, std::ptr::null_mut());
    GetQueuedCompletionStatus(port, &mut n, &mut key, &mut overlapped, u32::MAX);
    if overlapped.is_null() {
        return None;
    }
    drop(Box::from_raw(overlapped.cast::<Op>()));
    Some(n)
}
