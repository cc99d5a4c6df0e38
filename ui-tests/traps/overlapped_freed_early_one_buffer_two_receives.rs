//! Two receives into one buffer, each with an OVERLAPPED of its own, and both are waited for.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

unsafe fn post(s: SOCKET, sink: *mut [u8; 2048], overlapped: *mut OVERLAPPED) -> bool {
    let data = WSABUF { len: 2048, buf: sink.cast() };
    let mut flags = 0;
    WSARecv(s, &data, 1, null_mut(), &mut flags, overlapped, None) == 0 || WSAGetLastError() == WSA_IO_PENDING
}

/// Throws away what the two peers send first.
pub unsafe fn discard(a: SOCKET, b: SOCKET) -> u32 {
    let mut sink = [0u8; 2048];
    let mut first = OVERLAPPED::default();
    let mut second = OVERLAPPED::default();
    let first_pending = post(a, &mut sink, &mut first);
    let second_pending = post(b, &mut sink, &mut second);
    let (mut n, mut m, mut flags) = (0, 0, 0);
    if first_pending {
        WSAGetOverlappedResult(a, &first, &mut n, 1, &mut flags);
    }
    if second_pending {
        WSAGetOverlappedResult(b, &second, &mut m, 1, &mut flags);
    }
    n + m
}
