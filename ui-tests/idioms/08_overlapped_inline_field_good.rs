//! The owner of the inline OVERLAPPED is boxed before the operation starts.

use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSABUF, WSAGetLastError, WSARecv};

pub struct ReadOp {
    overlapped: OVERLAPPED,
    buf: Vec<u8>,
    pub result: i32,
}

pub unsafe fn start(s: SOCKET, len: usize) -> Box<ReadOp> {
    let mut op = Box::new(ReadOp { overlapped: std::mem::zeroed(), buf: vec![0; len], result: 0 });
    let wsabuf = WSABUF { len: op.buf.len() as u32, buf: op.buf.as_mut_ptr() };
    let mut flags = 0;
    let res = WSARecv(s, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut op.overlapped, None);
    op.result = if res == 0 { 0 } else { WSAGetLastError() };
    op
}
