//! The assignment drops the box of the previous operation, which has been waited for.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

struct Op {
    overlapped: OVERLAPPED,
    chunk: [u8; 512],
}

pub unsafe fn send_chunks(s: SOCKET, chunks: impl Iterator<Item = [u8; 512]>) -> Result<(), i32> {
    let mut last: Option<Box<Op>> = None;
    let (mut n, mut flags) = (0, 0);
    for chunk in chunks {
        if let Some(op) = &last {
            WSAGetOverlappedResult(s, &op.overlapped, &mut n, 1, &mut flags);
        }
        last = None;
        let mut op = Box::new(Op { overlapped: zeroed(), chunk });
        let data = WSABUF { len: 512, buf: op.chunk.as_mut_ptr() };
        if WSASend(s, &data, 1, null_mut(), 0, &mut op.overlapped, None) != 0 {
            let code = WSAGetLastError();
            if code != WSA_IO_PENDING {
                return Err(code);
            }
        }
        last = Some(op);
    }
    if let Some(op) = last {
        WSAGetOverlappedResult(s, &op.overlapped, &mut n, 1, &mut flags);
    }
    Ok(())
}
