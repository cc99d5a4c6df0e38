//! A Vec is moved into the operation after the start; its bytes stay where they are.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Op {
    overlapped: OVERLAPPED,
    buf: Vec<u8>,
}

/// # Safety
/// The calling thread is the one that frees `op`, when the port has returned it.
pub unsafe fn post(s: SOCKET, op: *mut Op) -> io::Result<()> {
    let mut buf = vec![0u8; 1024];
    let data = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let mut flags = 0;
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, &raw mut (*op).overlapped, None);
    if r != 0 && WSAGetLastError() != WSA_IO_PENDING {
        return Err(io::Error::last_os_error());
    }
    (*op).buf = buf;
    Ok(())
}
