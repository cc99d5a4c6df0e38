//! The accepted socket inherits its listener's event selection, and gets a linger time itself.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn turn_away(listener: SOCKET, event: WSAEVENT) -> Option<bool> {
    if WSAEventSelect(listener, event, FD_ACCEPT as i32) != 0 {
        return None;
    }
    if WSAWaitForMultipleEvents(1, (&raw const event).cast(), 0, WSA_INFINITE, 0) != WSA_WAIT_EVENT_0 as u32 {
        return None;
    }
    let client = WSAAccept(listener, null_mut(), null_mut(), None, 0);
    if client == INVALID_SOCKET {
        return None;
    }
    let text = b"busy\r\n";
    let buffer = WSABUF { len: text.len() as u32, buf: text.as_ptr().cast_mut() };
    let mut sent = 0;
    let r = WSASend(client, &buffer, 1, &mut sent, 0, null_mut(), None);
    let linger = LINGER { l_onoff: 1, l_linger: 2 };
    setsockopt(client, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    closesocket(client); //~ nonblocking_linger
    Some(r == 0 && sent == buffer.len)
}
