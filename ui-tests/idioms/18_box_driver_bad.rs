//! The driver's start function leaves the freeing to the port but keeps the buffer local.

use std::io;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};

#[repr(C)]
pub struct SendOp {
    pub overlapped: OVERLAPPED,
    pub data: Vec<u8>,
}

pub unsafe fn greet(s: SOCKET, name: &str) -> io::Result<()> {
    let text = format!("hello, {name}\r\n").into_bytes();
    let wsabuf = WSABUF { len: text.len() as u32, buf: text.as_ptr().cast_mut() };
    let op = Box::into_raw(Box::new(SendOp { overlapped: std::mem::zeroed(), data: Vec::new() }));
    let res = WSASend(s, &wsabuf, 1, std::ptr::null_mut(), 0, op.cast(), None); //~ overlapped_freed_early
    if res == SOCKET_ERROR {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            drop(Box::from_raw(op));
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    Ok(())
}
