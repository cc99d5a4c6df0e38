//! A reader's stop cancels its operation, and frees it when the port returns it.

use std::io;
use std::ptr::{self, NonNull};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, GetQueuedCompletionStatus, OVERLAPPED};

#[repr(C)]
struct Read {
    overlapped: OVERLAPPED,
    buf: [u8; 4096],
}

/// The port serves this reader alone.
pub struct Reader {
    socket: SOCKET,
    port: HANDLE,
    read: Option<NonNull<Read>>,
}

impl Reader {
    pub fn new(socket: SOCKET, port: HANDLE) -> Reader {
        Reader { socket, port, read: None }
    }

    pub fn start(&mut self) -> io::Result<()> {
        if self.read.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let read = Box::into_raw(Box::new(Read { overlapped: OVERLAPPED::default(), buf: [0; 4096] }));
        let wsabuf = WSABUF { len: 4096, buf: unsafe { &raw mut (*read).buf }.cast() };
        let mut flags = 0;
        if unsafe { WSARecv(self.socket, &wsabuf, 1, ptr::null_mut(), &mut flags, read.cast(), None) } != 0 {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                drop(unsafe { Box::from_raw(read) });
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        self.read = NonNull::new(read);
        Ok(())
    }

    pub fn stop(&mut self) {
        let Some(read) = self.read.take() else { return };
        unsafe { CancelIoEx(self.socket as HANDLE, read.as_ptr().cast()) };
        let (mut n, mut key) = (0, 0);
        let mut back: *mut OVERLAPPED = ptr::null_mut();
        while back != read.as_ptr().cast() {
            unsafe { GetQueuedCompletionStatus(self.port, &mut n, &mut key, &mut back, u32::MAX) };
        }
        drop(unsafe { Box::from_raw(read.as_ptr()) });
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop();
    }
}
