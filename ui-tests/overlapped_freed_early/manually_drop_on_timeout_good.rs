//! On a timeout the operation in the ManuallyDrop is left undropped for good.

use std::mem::{ManuallyDrop, zeroed};
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::WaitForSingleObject;

struct Op {
    overlapped: OVERLAPPED,
    bytes: [u8; 4],
}

/// `event` is manual-reset, not signalled, and never closed.
pub unsafe fn read_number(s: SOCKET, event: HANDLE) -> Option<u32> {
    let mut op = ManuallyDrop::new(Box::new(Op { overlapped: zeroed(), bytes: [0; 4] }));
    op.overlapped.hEvent = event;
    let data = WSABUF { len: 4, buf: op.bytes.as_mut_ptr() };
    let mut flags = 0;
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, &mut op.overlapped, None);
    if r != 0 && WSAGetLastError() != WSA_IO_PENDING {
        ManuallyDrop::drop(&mut op);
        return None;
    }
    let number = if WaitForSingleObject(event, 500) == WAIT_OBJECT_0 {
        let number = u32::from_be_bytes(op.bytes);
        ManuallyDrop::drop(&mut op);
        Some(number)
    } else {
        None
    };
    number
}
