//! The pending operation holds one count of an Arc, given back when the port returns it; dropping the other frees nothing.

use std::cell::UnsafeCell;
use std::io;
use std::sync::Arc;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

#[repr(C)]
pub struct Shared {
    overlapped: UnsafeCell<OVERLAPPED>,
    buf: UnsafeCell<[u8; 512]>,
}

unsafe impl Send for Shared {}
unsafe impl Sync for Shared {}

pub struct Pending {
    socket: SOCKET,
    shared: Arc<Shared>,
}

pub fn start(socket: SOCKET) -> io::Result<Pending> {
    let shared = Arc::new(Shared { overlapped: UnsafeCell::new(OVERLAPPED::default()), buf: UnsafeCell::new([0; 512]) });
    let kernel = Arc::into_raw(Arc::clone(&shared));
    let wsabuf = WSABUF { len: 512, buf: shared.buf.get().cast() };
    let mut flags = 0;
    let rc = unsafe { WSARecv(socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, shared.overlapped.get(), None) };
    if rc != 0 {
        let code = unsafe { WSAGetLastError() };
        if code != WSA_IO_PENDING {
            drop(unsafe { Arc::from_raw(kernel) });
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    Ok(Pending { socket, shared })
}

impl Drop for Pending {
    fn drop(&mut self) {
        unsafe { CancelIoEx(self.socket as HANDLE, self.shared.overlapped.get()) };
    }
}

/// # Safety
/// The port has returned `overlapped`.
pub unsafe fn complete(overlapped: *mut OVERLAPPED) -> Arc<Shared> {
    unsafe { Arc::from_raw(overlapped.cast::<Shared>()) }
}
