//! The routine of the answer posts the next receive, and so the two routines take turns.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET, WSABUF};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Turn {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    buf: [u8; 64],
    over: bool,
}

unsafe fn pending(r: i32) -> bool {
    r == 0 || WinSock::WSAGetLastError() == WinSock::WSA_IO_PENDING
}

unsafe extern "system" fn asked(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _: u32) {
    let turn = overlapped as *mut Turn;
    if error != 0 || bytes == 0 {
        (*turn).over = true;
        return;
    }
    let data = WSABUF { len: bytes, buf: (&raw mut (*turn).buf) as *mut u8 };
    (*turn).over = !pending(WinSock::WSASend((*turn).socket, &data, 1, null_mut(), 0, overlapped, Some(answered)));
}

unsafe extern "system" fn answered(error: u32, _: u32, overlapped: *mut OVERLAPPED, _: u32) {
    let turn = overlapped as *mut Turn;
    if error != 0 {
        (*turn).over = true;
        return;
    }
    let buf = (&raw mut (*turn).buf) as *mut u8;
    let (data, mut flags) = (WSABUF { len: 64, buf }, 0);
    (*turn).over = !pending(WinSock::WSARecv((*turn).socket, &data, 1, null_mut(), &mut flags, overlapped, Some(asked)));
}

/// `turn` must live until `over` is set.
pub unsafe fn begin(turn: *mut Turn) -> bool {
    let data = WSABUF { len: 64, buf: (&raw mut (*turn).buf) as *mut u8 };
    let mut flags = 0;
    pending(WinSock::WSARecv((*turn).socket, &data, 1, null_mut(), &mut flags, turn.cast(), Some(asked)))
}
