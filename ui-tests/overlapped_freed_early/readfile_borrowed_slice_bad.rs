//! ReadFile on a socket: the borrow of the slice ends on return, while the read is pending.

use std::io;
use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{ERROR_IO_PENDING, HANDLE};
use windows_sys::Win32::Networking::WinSock::SOCKET;
use windows_sys::Win32::Storage::FileSystem::ReadFile;
use windows_sys::Win32::System::IO::OVERLAPPED;

/// The operation comes back through the port.
pub fn post_read(s: SOCKET, buf: &mut [u8]) -> io::Result<()> {
    let overlapped: *mut OVERLAPPED = Box::into_raw(Box::new(unsafe { zeroed() }));
    let ok = unsafe { ReadFile(s as HANDLE, buf.as_mut_ptr(), buf.len() as u32, null_mut(), overlapped) }; //~ overlapped_freed_early
    if ok == 0 {
        let err = io::Error::last_os_error();
        if err.raw_os_error() != Some(ERROR_IO_PENDING as i32) {
            drop(unsafe { Box::from_raw(overlapped) });
            return Err(err);
        }
    }
    Ok(())
}
