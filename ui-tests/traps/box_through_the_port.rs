//! The operation's box goes through the completion port and is freed where it comes out.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatus, OVERLAPPED};
use windows_sys::Win32::System::Threading::INFINITE;

#[repr(C)]
struct SendOp {
    overlapped: OVERLAPPED,
    bytes: Vec<u8>,
}

pub fn post(s: SOCKET, bytes: Vec<u8>) -> Result<(), i32> {
    unsafe {
        let op = Box::into_raw(Box::new(SendOp { overlapped: zeroed(), bytes }));
        let bytes = &mut (*op).bytes;
        let data = WSABUF { len: bytes.len() as u32, buf: bytes.as_mut_ptr() };
        if WSASend(s, &data, 1, null_mut(), 0, op.cast(), None) == SOCKET_ERROR {
            let code = WSAGetLastError();
            if code != WSA_IO_PENDING {
                drop(Box::from_raw(op));
                return Err(code);
            }
        }
        Ok(())
    }
}

pub fn complete_one(port: HANDLE) -> usize {
    let (mut n, mut key, mut overlapped) = (0, 0, null_mut());
    unsafe {
        GetQueuedCompletionStatus(port, &mut n, &mut key, &mut overlapped, INFINITE);
        if !overlapped.is_null() {
            drop(Box::from_raw(overlapped.cast::<SendOp>()));
        }
    }
    n as usize
}
