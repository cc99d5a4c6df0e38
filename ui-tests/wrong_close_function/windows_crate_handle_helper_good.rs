//! The error path of a windows-crate program closes the socket with closesocket.

use windows::Win32::Foundation::{CloseHandle, HANDLE, HANDLE_FLAG_INHERIT, HANDLE_FLAGS, SetHandleInformation};
use windows::Win32::Networking::WinSock::{
    AF_INET, IPPROTO_TCP, SOCK_STREAM, SOCKET, WSA_FLAG_OVERLAPPED, WSASocketW, closesocket,
};
use windows::core::Result;

fn as_handle(s: SOCKET) -> HANDLE {
    HANDLE(s.0 as *mut core::ffi::c_void)
}

/// A stream socket that child processes do not inherit.
pub fn private_stream() -> Result<SOCKET> {
    let s = unsafe { WSASocketW(AF_INET.0 as i32, SOCK_STREAM.0, IPPROTO_TCP.0, None, 0, WSA_FLAG_OVERLAPPED)? };
    unsafe { SetHandleInformation(as_handle(s), HANDLE_FLAG_INHERIT.0, HANDLE_FLAGS(0)) }.map_err(|e| {
        unsafe { closesocket(s) };
        e
    })?;
    Ok(s)
}

pub struct Streams(Vec<SOCKET>);

impl Streams {
    pub fn open(n: usize) -> Result<Streams> {
        let mut all = Streams(Vec::with_capacity(n));
        for _ in 0..n {
            all.0.push(private_stream()?);
        }
        Ok(all)
    }

    pub fn close_kernel_handle(handle: HANDLE) -> Result<()> {
        unsafe { CloseHandle(handle) }
    }
}

impl Drop for Streams {
    fn drop(&mut self) {
        for s in self.0.drain(..) {
            unsafe { closesocket(s) };
        }
    }
}
