//! mem::swap exchanges two boxes; the operations stay where they are.

use std::mem;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Half {
    overlapped: OVERLAPPED,
    bytes: [u8; 2048],
    len: u32,
}

pub struct DoubleBuffer {
    front: Box<Half>,
    back: Box<Half>,
}

impl DoubleBuffer {
    /// Receives into the back while the front is used, then exchanges them.
    pub unsafe fn turn(&mut self, s: SOCKET, use_front: fn(&[u8])) -> Result<(), i32> {
        let data = WSABUF { len: 2048, buf: self.back.bytes.as_mut_ptr() };
        let mut flags = 0;
        if WSARecv(s, &data, 1, null_mut(), &mut flags, &mut self.back.overlapped, None) != 0 {
            let code = WSAGetLastError();
            if code != WSA_IO_PENDING {
                return Err(code);
            }
        }
        use_front(&self.front.bytes[..self.front.len as usize]);
        mem::swap(&mut self.front, &mut self.back);
        let mut n = 0;
        if WSAGetOverlappedResult(s, &self.front.overlapped, &mut n, 1, &mut flags) == 0 {
            return Err(WSAGetLastError());
        }
        self.front.len = n;
        Ok(())
    }
}
