//! The wait ends when both events are signalled, and then both operations are complete.

use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::OVERLAPPED;

const REQUEST: [u8; 4] = *b"TIME";

/// `events` are manual-reset and not signalled.
pub unsafe fn ask_time(s: SOCKET, events: &[HANDLE; 2]) -> Option<[u8; 8]> {
    let mut request = REQUEST;
    let mut answer = [0u8; 8];
    let mut receiving = OVERLAPPED { hEvent: events[0], ..OVERLAPPED::default() };
    let mut sending = OVERLAPPED { hEvent: events[1], ..OVERLAPPED::default() };
    let into = WSABUF { len: 8, buf: answer.as_mut_ptr() };
    let from = WSABUF { len: 4, buf: request.as_mut_ptr() };
    let mut flags = 0;
    if WSARecv(s, &into, 1, null_mut(), &mut flags, &mut receiving, None) != 0 && WSAGetLastError() != WSA_IO_PENDING {
        return None;
    }
    if WSASend(s, &from, 1, null_mut(), 0, &mut sending, None) != 0 && WSAGetLastError() != WSA_IO_PENDING {
        let mut n = 0;
        WSAGetOverlappedResult(s, &receiving, &mut n, 1, &mut flags);
        return None;
    }
    match WSAWaitForMultipleEvents(2, events.as_ptr(), 1, WSA_INFINITE, 0) {
        WSA_WAIT_FAILED => std::process::abort(),
        _ => Some(answer),
    }
}
