//! The completion routine of the header posts an overlapped receive for the body.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{MSG_WAITALL, recv, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::{INFINITE, SleepEx};

#[repr(C)]
pub struct Message {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    header: [u8; 4],
    body: [u8; 1024],
    done: bool,
}

unsafe extern "system" fn header_read(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let message = overlapped.cast::<Message>();
    if error != 0 || bytes != 4 {
        (*message).done = true;
        return;
    }
    let len = u32::from_be_bytes((*message).header).min(1024);
    let body = (&raw mut (*message).body).cast();
    let data = WSABUF { len, buf: body };
    let mut flags = MSG_WAITALL as u32;
    let r = WSARecv((*message).socket, &data, 1, null_mut(), &mut flags, overlapped, Some(body_read));
    (*message).done = r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING;
}

unsafe extern "system" fn body_read(_error: u32, _bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    (*overlapped.cast::<Message>()).done = true;
}

/// `message` must live until this returns.
pub unsafe fn read_message(message: *mut Message) -> bool {
    let data = WSABUF { len: 4, buf: (&raw mut (*message).header).cast() };
    let mut flags = 0;
    let r = WSARecv((*message).socket, &data, 1, null_mut(), &mut flags, &raw mut (*message).overlapped, Some(header_read));
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        return false;
    }
    while !(*message).done {
        SleepEx(INFINITE, 1);
    }
    true
}
