//! After shutdown the pending send is waited for.

use std::mem::zeroed;
use std::ptr::null_mut;
use winapi::shared::ws2def::WSABUF;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::winsock2::{SD_SEND, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSAGetLastError, WSAGetOverlappedResult, WSASend, shutdown};

pub unsafe fn send_last(s: SOCKET, mut page: Vec<u8>) -> bool {
    let mut overlapped: OVERLAPPED = zeroed();
    let mut data = WSABUF { len: page.len() as u32, buf: page.as_mut_ptr().cast() };
    let r = WSASend(s, &mut data, 1, null_mut(), 0, &mut overlapped, None);
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING as i32 {
        return false;
    }
    let ended = shutdown(s, SD_SEND) == 0;
    let (mut n, mut flags) = (0, 0);
    WSAGetOverlappedResult(s, &mut overlapped, &mut n, 1, &mut flags) != 0 && ended
}
