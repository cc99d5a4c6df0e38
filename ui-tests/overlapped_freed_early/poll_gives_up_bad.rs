//! Polls for the result a hundred times and then gives up, with the receive still pending.

use std::mem::zeroed;
use std::ptr::null_mut;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_INCOMPLETE, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub unsafe fn read_header(s: SOCKET) -> Result<[u8; 16], i32> {
    let mut header = [0u8; 16];
    let mut overlapped: OVERLAPPED = zeroed();
    let data = WSABUF { len: 16, buf: header.as_mut_ptr() };
    let (mut n, mut flags) = (0, 0);
    if WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None) != 0 { //~ overlapped_freed_early
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(code);
        }
    }
    for _ in 0..100 {
        if WSAGetOverlappedResult(s, &overlapped, &mut n, 0, &mut flags) != 0 {
            return Ok(header);
        }
        match WSAGetLastError() {
            WSA_IO_INCOMPLETE => thread::yield_now(),
            code => return Err(code),
        }
    }
    Err(WSA_IO_INCOMPLETE)
}
