//! Arc::as_ptr keeps no count, so the operation is freed when the function returns.

use std::mem::zeroed;
use std::ptr::null_mut;
use std::sync::Arc;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatus, OVERLAPPED};
use windows_sys::Win32::System::Threading::INFINITE;

#[repr(C)]
struct Message {
    overlapped: OVERLAPPED,
    text: String,
}

pub unsafe fn post(s: SOCKET, text: String) -> Result<(), i32> {
    let message = Arc::new(Message { overlapped: zeroed(), text });
    let data = WSABUF { len: message.text.len() as u32, buf: message.text.as_ptr().cast_mut() };
    let raw = Arc::as_ptr(&message).cast_mut();
    if WSASend(s, &data, 1, null_mut(), 0, &raw mut (*raw).overlapped, None) != 0 { //~ overlapped_freed_early
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(code);
        }
    }
    Ok(())
}

pub unsafe fn next(port: HANDLE) -> bool {
    let (mut n, mut key, mut done) = (0, 0, null_mut());
    let ok = GetQueuedCompletionStatus(port, &mut n, &mut key, &mut done, INFINITE) != 0;
    if !done.is_null() {
        println!("{n} bytes are out");
    }
    ok
}
