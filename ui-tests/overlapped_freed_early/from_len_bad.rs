//! lpFrom and lpFromlen are written when a receive completes, long after this function returned.

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
        let mut from_len = size_of::<SOCKADDR_STORAGE>() as i32;
        let from = (&raw mut (*op).from).cast();
        let r = WSARecvFrom(s, &data, 1, null_mut(), &mut flags, from, &mut from_len, op.cast(), None); //~ overlapped_freed_early
        match r {
            0 => Ok(()),
            _ if WSAGetLastError() == WSA_IO_PENDING => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}
