//! AcceptEx from a table of transmuted pointers: the result is waited for.

use std::ffi::c_void;
use std::io;
use std::mem::{transmute, zeroed};
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{ERROR_IO_PENDING, GetLastError, HANDLE};
use windows_sys::Win32::Networking::WinSock::{SIO_GET_EXTENSION_FUNCTION_POINTER, SOCKET, WSAID_ACCEPTEX, WSAIoctl};
use windows_sys::Win32::System::IO::{GetOverlappedResult, OVERLAPPED};

type AcceptEx = unsafe extern "system" fn(SOCKET, SOCKET, *mut c_void, u32, u32, u32, *mut u32, *mut OVERLAPPED) -> i32;

pub struct Extensions {
    accept_ex: AcceptEx,
}

impl Extensions {
    pub unsafe fn load(s: SOCKET) -> Option<Extensions> {
        let (id, mut f, mut n) = (WSAID_ACCEPTEX, null_mut::<c_void>(), 0);
        let r = WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, (&raw const id).cast(), 16, (&raw mut f).cast(), 8, &mut n, null_mut(), None);
        if r != 0 || f.is_null() {
            return None;
        }
        Some(Extensions { accept_ex: transmute::<*mut c_void, AcceptEx>(f) })
    }

    /// `addresses` has room for two addresses of 32 bytes each, and is the caller's.
    pub unsafe fn accept(&self, listener: SOCKET, client: SOCKET, addresses: *mut u8) -> io::Result<()> {
        let mut overlapped: OVERLAPPED = zeroed();
        let mut n = 0;
        let started = (self.accept_ex)(listener, client, addresses.cast(), 0, 32, 32, &mut n, &mut overlapped);
        if started == 0 && GetLastError() != ERROR_IO_PENDING {
            return Err(io::Error::last_os_error());
        }
        match GetOverlappedResult(listener as HANDLE, &overlapped, &mut n, 1) {
            0 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }
}
