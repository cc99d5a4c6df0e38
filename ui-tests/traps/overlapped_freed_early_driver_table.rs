//! A completion driver keeps its boxed operations in a HashMap and dequeues until it is empty.

use std::collections::HashMap;
use std::io;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, CreateIoCompletionPort, GetQueuedCompletionStatusEx, OVERLAPPED, OVERLAPPED_ENTRY};

#[repr(C)]
struct Op {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    buf: Vec<u8>,
}

pub struct Driver {
    port: HANDLE,
    pending: HashMap<usize, Box<Op>>,
}

impl Driver {
    pub fn new() -> io::Result<Driver> {
        let port = unsafe { CreateIoCompletionPort(INVALID_HANDLE_VALUE, std::ptr::null_mut(), 0, 0) };
        if port.is_null() {
            return Err(io::Error::last_os_error());
        }
        Ok(Driver { port, pending: HashMap::new() })
    }

    /// The socket is attached to the port and outlives the driver.
    pub fn read(&mut self, socket: SOCKET, len: usize) -> io::Result<()> {
        let mut op = Box::new(Op { overlapped: OVERLAPPED::default(), socket, buf: vec![0; len] });
        let wsabuf = WSABUF { len: len as u32, buf: op.buf.as_mut_ptr() };
        let mut flags = 0;
        let rc = unsafe { WSARecv(socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut op.overlapped, None) };
        if rc == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        self.pending.insert(&raw const op.overlapped as usize, op);
        Ok(())
    }

    pub fn turn(&mut self) -> io::Result<usize> {
        let mut entries = [OVERLAPPED_ENTRY::default(); 64];
        let mut n = 0;
        if unsafe { GetQueuedCompletionStatusEx(self.port, entries.as_mut_ptr(), 64, &mut n, u32::MAX, 0) } == 0 {
            return Err(io::Error::last_os_error());
        }
        for entry in &entries[..n as usize] {
            self.pending.remove(&(entry.lpOverlapped as usize));
        }
        Ok(n as usize)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for op in self.pending.values() {
            unsafe { CancelIoEx(op.socket as HANDLE, &op.overlapped) };
        }
        while !self.pending.is_empty() {
            if self.turn().is_err() {
                std::mem::forget(std::mem::take(&mut self.pending));
            }
        }
        unsafe { CloseHandle(self.port) };
    }
}
