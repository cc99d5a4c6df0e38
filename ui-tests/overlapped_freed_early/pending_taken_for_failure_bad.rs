//! Every result but 0 is taken for a failure, so the box of a pending send is freed.

use std::io;
use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSABUF, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Frame {
    overlapped: OVERLAPPED,
    bytes: [u8; 128],
}

/// The thread that reads the port frees the frame.
pub unsafe fn post(s: SOCKET, bytes: [u8; 128]) -> io::Result<()> {
    let frame = Box::into_raw(Box::new(Frame { overlapped: zeroed(), bytes }));
    let data = WSABUF { len: 128, buf: (&raw mut (*frame).bytes).cast() };
    match WSASend(s, &data, 1, null_mut(), 0, frame.cast(), None) { //~ overlapped_freed_early
        0 => Ok(()),
        _ => {
            let err = io::Error::last_os_error();
            drop(Box::from_raw(frame));
            Err(err)
        }
    }
}
