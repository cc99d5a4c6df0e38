//! The boxed OVERLAPPED is handed to the port when the send is pending.

use std::io;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};

pub unsafe fn post_send(s: SOCKET, data: &'static [u8]) -> io::Result<()> {
    let mut overlapped: Box<OVERLAPPED> = Box::new(std::mem::zeroed());
    let wsabuf = WSABUF { len: data.len() as u32, buf: data.as_ptr().cast_mut() };
    let res = WSASend(s, &wsabuf, 1, std::ptr::null_mut(), 0, &mut *overlapped, None);
    if res == SOCKET_ERROR {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    // The thread that dequeues it from the port makes it a Box again.
    let _ = Box::into_raw(overlapped);
    Ok(())
}
