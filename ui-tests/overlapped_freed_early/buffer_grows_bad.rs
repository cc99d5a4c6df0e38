//! A line reader makes its buffer longer between the start of a receive and its end.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

const CHUNK: usize = 512;

pub struct LineReader {
    socket: SOCKET,
    event: HANDLE,
    buf: Vec<u8>,
    filled: usize,
}

impl LineReader {
    pub fn new(socket: SOCKET, event: HANDLE) -> Self {
        LineReader { socket, event, buf: vec![0; CHUNK], filled: 0 }
    }

    fn fill(&mut self) -> io::Result<usize> {
        let mut overlapped = OVERLAPPED { hEvent: self.event, ..Default::default() };
        let free = &mut self.buf[self.filled..];
        let wsabuf = WSABUF { len: free.len() as u32, buf: free.as_mut_ptr() };
        let mut flags = 0;
        let rc = unsafe { WSARecv(self.socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut overlapped, None) }; //~ overlapped_freed_early
        if rc == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        // Make room for the next round while the data is on its way.
        if self.buf.len() - self.filled < CHUNK {
            self.buf.resize(self.buf.len() * 2, 0);
        }
        let mut n = 0;
        if unsafe { WSAGetOverlappedResult(self.socket, &overlapped, &mut n, 1, &mut flags) } == 0 {
            return Err(io::Error::last_os_error());
        }
        self.filled += n as usize;
        Ok(n as usize)
    }

    pub fn line(&mut self) -> io::Result<String> {
        loop {
            if let Some(end) = self.buf[..self.filled].iter().position(|&b| b == b'\n') {
                let line = String::from_utf8_lossy(&self.buf[..end]).into_owned();
                self.buf.copy_within(end + 1..self.filled, 0);
                self.filled -= end + 1;
                return Ok(line);
            }
            if self.fill()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}
