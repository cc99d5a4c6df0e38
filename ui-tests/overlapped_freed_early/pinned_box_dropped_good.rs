//! The pinned box goes to the caller, who keeps it.

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Op {
    overlapped: OVERLAPPED,
    bytes: [u8; 512],
    _pin: PhantomPinned,
}

pub unsafe fn start(s: SOCKET) -> Result<Pin<Box<Op>>, i32> {
    let mut op = Box::pin(Op { overlapped: OVERLAPPED::default(), bytes: [0; 512], _pin: PhantomPinned });
    let at = op.as_mut().get_unchecked_mut();
    let data = WSABUF { len: at.bytes.len() as u32, buf: at.bytes.as_mut_ptr() };
    let mut flags = 0;
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, &mut at.overlapped, None);
    if r != 0 {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(code);
        }
    }
    Ok(op)
}
