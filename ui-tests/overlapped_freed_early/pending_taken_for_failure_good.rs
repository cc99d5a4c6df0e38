//! The box is freed on a failure, of which WSA_IO_PENDING is none.

use std::io;
use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSASend};
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
    match WSASend(s, &data, 1, null_mut(), 0, frame.cast(), None) {
        0 => Ok(()),
        _ => {
            let err = io::Error::last_os_error();
            if err.raw_os_error() == Some(WSA_IO_PENDING) {
                return Ok(());
            }
            drop(Box::from_raw(frame));
            Err(err)
        }
    }
}
