//! mem::take hands the buffer of a pending receive to the sink, which drops it.

use std::mem;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Stream<'a> {
    s: SOCKET,
    overlapped: &'a mut OVERLAPPED,
    buf: Vec<u8>,
}

fn count_lines(bytes: Vec<u8>) -> usize {
    bytes.iter().filter(|&&b| b == b'\n').count()
}

impl Stream<'_> {
    pub unsafe fn lines(&mut self) -> Option<usize> {
        self.buf.resize(1 << 16, 0);
        let data = WSABUF { len: 1 << 16, buf: self.buf.as_mut_ptr() };
        let (mut n, mut flags) = (0, 0);
        let r = WSARecv(self.s, &data, 1, null_mut(), &mut flags, self.overlapped, None); //~ overlapped_freed_early
        if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
            return None;
        }
        let lines = count_lines(mem::take(&mut self.buf));
        let ok = WSAGetOverlappedResult(self.s, self.overlapped, &mut n, 1, &mut flags);
        (ok != 0).then_some(lines)
    }
}
