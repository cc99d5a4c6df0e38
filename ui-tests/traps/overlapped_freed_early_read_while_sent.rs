//! The data of a pending send is read, and other memory and another event go; all that is pinned stays.

use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::CreateEventW;

pub unsafe fn send_with_sum(s: SOCKET, ready: HANDLE, text: &str) -> Option<(u32, u32)> {
    let other = CreateEventW(null(), 1, 0, null());
    if other.is_null() {
        return None;
    }
    let upper = text.to_uppercase();
    let bytes = upper.as_bytes().to_vec();
    let mut overlapped = OVERLAPPED { hEvent: ready, ..Default::default() };
    let data = WSABUF { len: bytes.len() as u32, buf: bytes.as_ptr().cast_mut() };
    let r = WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None);
    let failed = r != 0 && WSAGetLastError() != WSA_IO_PENDING;
    CloseHandle(other);
    drop(upper);
    if failed {
        return None;
    }
    let sum = bytes.iter().map(|&b| u32::from(b)).sum();
    let (mut n, mut flags) = (0, 0);
    let ok = WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) != 0;
    ok.then_some((n, sum))
}
