//! Each chunk is awaited before its OVERLAPPED serves the next.

use std::ptr;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET, WSABUF};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub unsafe fn send_all(s: SOCKET, bytes: &'static [u8], overlapped: &'static mut OVERLAPPED) -> bool {
    for chunk in bytes.chunks(1024) {
        overlapped.Internal = 0;
        overlapped.InternalHigh = 0;
        let data = WSABUF { len: chunk.len() as u32, buf: chunk.as_ptr() as *mut u8 };
        if WinSock::WSASend(s, &data, 1, ptr::null_mut(), 0, overlapped, None) != 0
            && WinSock::WSAGetLastError() != WinSock::WSA_IO_PENDING
        {
            return false;
        }
        let (mut sent, mut flags) = (0, 0);
        if WinSock::WSAGetOverlappedResult(s, overlapped, &mut sent, 1, &mut flags) == 0 {
            return false;
        }
    }
    true
}
