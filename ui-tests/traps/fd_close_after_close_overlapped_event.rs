//! The event waited for after closesocket is the one of a cancelled overlapped receive, which is signalled.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{
    closesocket, SOCKET, SOCKET_ERROR, WSA_INFINITE, WSA_IO_PENDING, WSABUF, WSACloseEvent, WSACreateEvent, WSAGetLastError, WSARecv, WSAWaitForMultipleEvents,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub unsafe fn receive_or_close(s: SOCKET, millis: u32) -> Vec<u8> {
    let event = WSACreateEvent();
    let mut buf = vec![0u8; 1024];
    let mut overlapped: OVERLAPPED = zeroed();
    overlapped.hEvent = event as _;
    let (data, mut flags) = (WSABUF { len: 1024, buf: buf.as_mut_ptr() }, 0);
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None);
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        WSACloseEvent(event);
        closesocket(s);
        return Vec::new();
    }
    let in_time = WSAWaitForMultipleEvents(1, &overlapped.hEvent, 1, millis, 0) == 0;
    closesocket(s);
    WSAWaitForMultipleEvents(1, &overlapped.hEvent, 1, WSA_INFINITE, 0);
    WSACloseEvent(event);
    buf.truncate(if in_time { overlapped.InternalHigh } else { 0 });
    buf
}
