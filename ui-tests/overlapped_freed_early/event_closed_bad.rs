//! The event of a pending send is closed before the send is complete.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSACloseEvent, WSACreateEvent, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub unsafe fn send_and_wait(s: SOCKET, bytes: &'static [u8], overlapped: *mut OVERLAPPED) -> Option<u32> {
    let event = WSACreateEvent();
    (*overlapped).hEvent = event as _;
    let data = WSABUF { len: bytes.len() as u32, buf: bytes.as_ptr().cast_mut() };
    if WSASend(s, &data, 1, null_mut(), 0, overlapped, None) == SOCKET_ERROR { //~ overlapped_freed_early
        if WSAGetLastError() != WSA_IO_PENDING {
            WSACloseEvent(event);
            return None;
        }
    }
    WSACloseEvent(event);
    let (mut sent, mut flags) = (0, 0);
    let done = WSAGetOverlappedResult(s, overlapped, &mut sent, 1, &mut flags) != 0;
    done.then_some(sent)
}
