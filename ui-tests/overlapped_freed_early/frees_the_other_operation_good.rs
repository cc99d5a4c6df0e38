//! What came out of the port is freed, and only that.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv, WSASend};
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatus, OVERLAPPED};
use windows_sys::Win32::System::Threading::INFINITE;

#[repr(C)]
struct Op {
    overlapped: OVERLAPPED,
    buf: [u8; 256],
}

pub unsafe fn exchange(s: SOCKET, port: HANDLE) -> bool {
    let recv = Box::into_raw(Box::new(Op { overlapped: zeroed(), buf: [0; 256] }));
    let data = WSABUF { len: 256, buf: (&raw mut (*recv).buf).cast() };
    let mut flags = 0;
    if WSARecv(s, &data, 1, null_mut(), &mut flags, recv.cast(), None) != 0 && WSAGetLastError() != WSA_IO_PENDING {
        drop(Box::from_raw(recv));
        return false;
    }
    let send = Box::into_raw(Box::new(Op { overlapped: zeroed(), buf: [1; 256] }));
    let data = WSABUF { len: 256, buf: (&raw mut (*send).buf).cast() };
    if WSASend(s, &data, 1, null_mut(), 0, send.cast(), None) != 0 && WSAGetLastError() != WSA_IO_PENDING {
        drop(Box::from_raw(send));
        return false;
    }
    let (mut n, mut key, mut done) = (0, 0, null_mut());
    for _ in 0..2 {
        done = null_mut();
        while done != recv.cast() && done != send.cast() {
            GetQueuedCompletionStatus(port, &mut n, &mut key, &mut done, INFINITE);
        }
        drop(Box::from_raw(done.cast::<Op>()));
    }
    true
}
