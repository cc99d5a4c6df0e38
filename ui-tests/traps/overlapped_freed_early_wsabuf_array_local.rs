//! The WSABUF array, the flags and the byte count are free to go at once; the data is the operation's.

use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Scatter {
    overlapped: OVERLAPPED,
    parts: [[u8; 512]; 4],
}

/// # Safety
/// `op` lives until the port has returned it.
pub unsafe fn post(s: SOCKET, op: *mut Scatter) -> Result<(), i32> {
    let mut bufs = Vec::with_capacity(4);
    for part in &mut (*op).parts {
        bufs.push(WSABUF { len: part.len() as u32, buf: part.as_mut_ptr() });
    }
    let mut flags = Box::new(0u32);
    let mut received = 0u32;
    let r = WSARecv(s, bufs.as_ptr(), bufs.len() as u32, &mut received, &mut *flags, &raw mut (*op).overlapped, None);
    drop(bufs);
    drop(flags);
    if r != 0 {
        match WSAGetLastError() {
            WSA_IO_PENDING => {}
            code => return Err(code),
        }
    }
    Ok(())
}
