//! shutdown lets the queued data go out in its own time; the send may still be pending.

use std::mem::zeroed;
use std::ptr::null_mut;
use winapi::shared::ws2def::WSABUF;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::winsock2::{SD_SEND, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSAGetLastError, WSASend, shutdown};

pub unsafe fn send_last(s: SOCKET, mut page: Vec<u8>) -> bool {
    let mut overlapped: OVERLAPPED = zeroed();
    let mut data = WSABUF { len: page.len() as u32, buf: page.as_mut_ptr().cast() };
    let r = WSASend(s, &mut data, 1, null_mut(), 0, &mut overlapped, None); //~ overlapped_freed_early
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING as i32 {
        return false;
    }
    shutdown(s, SD_SEND) == 0
}
