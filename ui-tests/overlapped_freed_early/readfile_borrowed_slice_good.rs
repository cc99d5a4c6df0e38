//! ReadFile on a socket: an unsafe function whose caller owns the memory of the pending read.

use std::io;
use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{ERROR_IO_PENDING, HANDLE};
use windows_sys::Win32::Networking::WinSock::SOCKET;
use windows_sys::Win32::Storage::FileSystem::ReadFile;
use windows_sys::Win32::System::IO::OVERLAPPED;

/// The operation comes back through the port.
///
/// # Safety
/// `buf` must stay valid for `len` bytes until then.
pub unsafe fn post_read(s: SOCKET, buf: *mut u8, len: u32) -> io::Result<()> {
    let overlapped: *mut OVERLAPPED = Box::into_raw(Box::new(unsafe { zeroed() }));
    let ok = unsafe { ReadFile(s as HANDLE, buf, len, null_mut(), overlapped) };
    if ok == 0 {
        let err = io::Error::last_os_error();
        if err.raw_os_error() != Some(ERROR_IO_PENDING as i32) {
            drop(unsafe { Box::from_raw(overlapped) });
            return Err(err);
        }
    }
    Ok(())
}
