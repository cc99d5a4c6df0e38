//! An own type: its Drop waits for the cancelled receive and then closes the socket.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

pub struct Connection {
    socket: SOCKET,
    overlapped: Box<OVERLAPPED>,
    buf: Vec<u8>,
    pending: bool,
}

impl Connection {
    /// Takes the connected socket.
    pub unsafe fn new(socket: SOCKET) -> Connection {
        Connection { socket, overlapped: Box::new(zeroed()), buf: vec![0; 8192], pending: false }
    }

    pub fn start_recv(&mut self) -> Result<(), i32> {
        assert!(!self.pending);
        let data = WSABUF { len: self.buf.len() as u32, buf: self.buf.as_mut_ptr() };
        let mut flags = 0;
        let r = unsafe { WSARecv(self.socket, &data, 1, null_mut(), &mut flags, &mut *self.overlapped, None) };
        if r == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                return Err(code);
            }
        }
        self.pending = true;
        Ok(())
    }

    pub fn finish_recv(&mut self) -> Option<&[u8]> {
        let (mut n, mut flags) = (0, 0);
        let ok = unsafe { WSAGetOverlappedResult(self.socket, &*self.overlapped, &mut n, 1, &mut flags) };
        self.pending = false;
        (ok != 0).then(|| &self.buf[..n as usize])
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        unsafe {
            if self.pending {
                CancelIoEx(self.socket as HANDLE, &*self.overlapped);
                self.finish_recv();
            }
            closesocket(self.socket);
        }
    }
}
