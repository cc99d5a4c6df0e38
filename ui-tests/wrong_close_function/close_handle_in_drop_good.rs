//! A transport over sockets closes its descriptor with closesocket in Drop, its port with CloseHandle.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
use windows_sys::Win32::System::IO::CreateIoCompletionPort;

pub struct Transport {
    socket: SOCKET,
    port: HANDLE,
}

impl Transport {
    /// Takes `socket` over once a port is there.
    pub fn new(socket: SOCKET, key: usize) -> io::Result<Transport> {
        let port = unsafe { CreateIoCompletionPort(INVALID_HANDLE_VALUE, null_mut(), 0, 1) };
        if port.is_null() {
            return Err(io::Error::last_os_error());
        }
        if unsafe { CreateIoCompletionPort(socket as HANDLE, port, key, 0) }.is_null() {
            let err = io::Error::last_os_error();
            unsafe { CloseHandle(port) };
            return Err(err);
        }
        Ok(Transport { socket, port })
    }

    pub fn key_of(&self) -> usize {
        self.socket as usize
    }
}

#[cfg(windows)]
impl Drop for Transport {
    fn drop(&mut self) {
        unsafe {
            closesocket(self.socket);
            CloseHandle(self.port);
        }
    }
}
