//! WSARecv and WSASend with a null OVERLAPPED are over when they return; their buffers may be locals.

use std::io::{self, Read, Write};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSABUF, WSARecv, WSASend};

/// Borrows the caller's socket.
pub struct Stream {
    socket: SOCKET,
}

impl Stream {
    pub fn new(socket: SOCKET) -> Stream {
        Stream { socket }
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut bounce = [0u8; 1024];
        let want = buf.len().min(bounce.len());
        let wsabuf = WSABUF { len: want as u32, buf: bounce.as_mut_ptr() };
        let (mut n, mut flags) = (0, 0);
        let overlapped = std::ptr::null_mut();
        if unsafe { WSARecv(self.socket, &wsabuf, 1, &mut n, &mut flags, overlapped, None) } != 0 {
            return Err(io::Error::last_os_error());
        }
        buf[..n as usize].copy_from_slice(&bounce[..n as usize]);
        Ok(n as usize)
    }
}

impl Write for Stream {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let mut line = buf.to_vec();
        line.push(b'\n');
        let wsabuf = WSABUF { len: line.len() as u32, buf: line.as_mut_ptr() };
        let mut n = 0;
        match unsafe { WSASend(self.socket, &wsabuf, 1, &mut n, 0, std::ptr::null_mut(), None) } {
            0 => Ok((n as usize).min(buf.len())),
            _ => Err(io::Error::last_os_error()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
