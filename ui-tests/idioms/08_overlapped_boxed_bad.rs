//! The boxed OVERLAPPED is dropped at the end although the send may be pending.

use std::io;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};

pub unsafe fn post_send(s: SOCKET, data: &'static [u8]) -> io::Result<()> {
    let mut overlapped: Box<OVERLAPPED> = Box::new(std::mem::zeroed());
    let wsabuf = WSABUF { len: data.len() as u32, buf: data.as_ptr().cast_mut() };
    let res = WSASend(s, &wsabuf, 1, std::ptr::null_mut(), 0, &mut *overlapped, None); //~ overlapped_freed_early
    if res == SOCKET_ERROR {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    Ok(())
}
