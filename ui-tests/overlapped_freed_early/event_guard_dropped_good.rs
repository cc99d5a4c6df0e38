//! The operation is boxed and returned together with the guard that owns its event.

use std::io;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::System::Threading::CreateEventW;

struct Handle(HANDLE);

impl Handle {
    fn manual_reset() -> io::Result<Handle> {
        let h = unsafe { CreateEventW(std::ptr::null(), 1, 0, std::ptr::null()) };
        if h.is_null() { Err(io::Error::last_os_error()) } else { Ok(Handle(h)) }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        unsafe { CloseHandle(self.0) };
    }
}

/// A send under way; the socket outlives it.
pub struct SendOp {
    socket: SOCKET,
    overlapped: OVERLAPPED,
    data: Vec<u8>,
    pending: bool,
    event: Handle,
}

pub fn start(socket: SOCKET, data: Vec<u8>) -> io::Result<Box<SendOp>> {
    let event = Handle::manual_reset()?;
    let mut op = Box::new(SendOp { socket, overlapped: OVERLAPPED::default(), data, pending: true, event });
    op.overlapped.hEvent = op.event.0;
    let wsabuf = WSABUF { len: op.data.len() as u32, buf: op.data.as_mut_ptr() };
    if unsafe { WSASend(socket, &wsabuf, 1, std::ptr::null_mut(), 0, &mut op.overlapped, None) } == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        if code != WSA_IO_PENDING {
            op.pending = false;
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    Ok(op)
}

impl Drop for SendOp {
    fn drop(&mut self) {
        if !self.pending {
            return;
        }
        let (mut n, mut flags) = (0, 0);
        unsafe {
            CancelIoEx(self.socket as HANDLE, &self.overlapped);
            WSAGetOverlappedResult(self.socket, &self.overlapped, &mut n, 1, &mut flags);
        }
    }
}
