//! A timed wait may end with the operation still pending.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

pub unsafe fn recv_timeout(s: SOCKET, event: HANDLE, millis: u32) -> Option<Vec<u8>> {
    let mut buf = vec![0u8; 4096];
    let mut overlapped: OVERLAPPED = zeroed();
    overlapped.hEvent = event;
    let data = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let mut flags = 0;
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None); //~ overlapped_freed_early
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        return None;
    }
    let mut n = 0;
    if WSAWaitForMultipleEvents(1, &event, 1, millis, 0) == WSA_WAIT_TIMEOUT {
        CancelIoEx(s as HANDLE, &overlapped);
        return None;
    }
    if WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) == 0 {
        return None;
    }
    buf.truncate(n as usize);
    Some(buf)
}
