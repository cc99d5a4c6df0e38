//! The routine drains with recv, but its helper has made the socket nonblocking before.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock as ws;
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Feed {
    overlapped: OVERLAPPED,
    socket: ws::SOCKET,
    buf: [u8; 4096],
    total: usize,
}

unsafe fn set_nonblocking(s: ws::SOCKET) -> bool {
    let mut on = 1;
    unsafe { ws::ioctlsocket(s, ws::FIONBIO, &mut on) == 0 }
}

unsafe extern "system" fn fed(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    unsafe {
        let feed = overlapped.cast::<Feed>();
        (*feed).total += bytes as usize;
        if error != 0 || !set_nonblocking((*feed).socket) {
            return;
        }
        let buf = (&raw mut (*feed).buf).cast();
        while let n @ 1.. = ws::recv((*feed).socket, buf, 4096, 0) {
            (*feed).total += n as usize;
        }
    }
}

/// `feed` must live until its receive is complete.
pub unsafe fn start(feed: *mut Feed) -> bool {
    let data = ws::WSABUF { len: 4096, buf: (&raw mut (*feed).buf).cast() };
    let mut flags = 0;
    let r = ws::WSARecv((*feed).socket, &data, 1, null_mut(), &mut flags, feed.cast(), Some(fed));
    r == 0 || ws::WSAGetLastError() == ws::WSA_IO_PENDING
}
