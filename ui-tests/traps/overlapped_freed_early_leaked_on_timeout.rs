//! The operation that did not end in time is leaked on purpose, with its buffer and its event.

use std::mem;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::System::Threading::{CreateEventW, WaitForSingleObject};

struct Op {
    overlapped: OVERLAPPED,
    bytes: Vec<u8>,
}

pub unsafe fn recv_in_time(s: SOCKET, millis: u32) -> Option<Vec<u8>> {
    let event = CreateEventW(null(), 1, 0, null());
    if event.is_null() {
        return None;
    }
    let mut op = Box::new(Op { overlapped: mem::zeroed(), bytes: vec![0; 1024] });
    op.overlapped.hEvent = event;
    let data = WSABUF { len: 1024, buf: op.bytes.as_mut_ptr() };
    let mut flags = 0;
    if WSARecv(s, &data, 1, null_mut(), &mut flags, &mut op.overlapped, None) != 0 && WSAGetLastError() != WSA_IO_PENDING {
        CloseHandle(event);
        return None;
    }
    if WaitForSingleObject(event, millis) != WAIT_OBJECT_0 {
        CancelIoEx(s as HANDLE, &op.overlapped);
        mem::forget(op);
        return None;
    }
    CloseHandle(event);
    let n = op.overlapped.InternalHigh;
    op.bytes.truncate(n);
    Some(op.bytes)
}
