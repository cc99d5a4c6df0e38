//! The address and its length are fields of the operation.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKADDR_STORAGE, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecvFrom};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct RecvFromOp {
    pub overlapped: OVERLAPPED,
    pub from: SOCKADDR_STORAGE,
    pub from_len: i32,
    pub buf: [u8; 2048],
}

pub fn post_recv(s: SOCKET, op: *mut RecvFromOp) -> io::Result<()> {
    unsafe {
        let data = WSABUF { len: 2048, buf: (&raw mut (*op).buf).cast() };
        let mut flags = 0;
        (*op).from_len = size_of::<SOCKADDR_STORAGE>() as i32;
        let from_len = &raw mut (*op).from_len;
        let from = (&raw mut (*op).from).cast();
        let r = WSARecvFrom(s, &data, 1, null_mut(), &mut flags, from, from_len, op.cast(), None);
        match r {
            0 => Ok(()),
            _ if WSAGetLastError() == WSA_IO_PENDING => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}
