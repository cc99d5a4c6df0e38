//! The bytes to send live in the operation, which is the caller's.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct SendOp {
    pub overlapped: OVERLAPPED,
    pub line: Vec<u8>,
}

pub unsafe fn send_line(s: SOCKET, op: *mut SendOp, name: &str) -> bool {
    let line = &mut (*op).line;
    *line = format!("HELO {name}\r\n").into_bytes();
    let data = WSABUF { len: line.len() as u32, buf: line.as_ptr().cast_mut() };
    let r = WSASend(s, &data, 1, null_mut(), 0, &raw mut (*op).overlapped, None);
    r == 0 || WSAGetLastError() == WSA_IO_PENDING
}
