//! The WSABUF array, byte count and flags are locals; what must live is with the port.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Scatter {
    overlapped: OVERLAPPED,
    header: [u8; 16],
    body: Box<[u8]>,
}

pub fn post(s: SOCKET, body: usize) -> io::Result<()> {
    let mut op = Box::new(Scatter { overlapped: OVERLAPPED::default(), header: [0; 16], body: vec![0; body].into_boxed_slice() });
    let buffers = vec![
        WSABUF { len: 16, buf: op.header.as_mut_ptr() },
        WSABUF { len: body as u32, buf: op.body.as_mut_ptr() },
    ];
    let raw = Box::into_raw(op);
    let rc = {
        let (mut count, mut flags) = (0u32, 0u32);
        unsafe { WSARecv(s, buffers.as_ptr(), buffers.len() as u32, &mut count, &mut flags, raw.cast(), None) }
    };
    if rc != 0 {
        let err = io::Error::last_os_error();
        if err.raw_os_error() != Some(WSA_IO_PENDING) {
            drop(unsafe { Box::from_raw(raw) });
            return Err(err);
        }
    }
    Ok(())
}

/// # Safety
/// The port has returned `overlapped`.
pub unsafe fn complete(overlapped: *mut OVERLAPPED) -> ([u8; 16], Box<[u8]>) {
    let op = *unsafe { Box::from_raw(overlapped.cast::<Scatter>()) };
    (op.header, op.body)
}
