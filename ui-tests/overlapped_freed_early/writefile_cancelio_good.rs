//! WriteFile on a socket: after CancelIo the write is awaited.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{ERROR_IO_PENDING, GetLastError, HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::Networking::WinSock::SOCKET;
use windows_sys::Win32::Storage::FileSystem::WriteFile;
use windows_sys::Win32::System::IO::{CancelIo, GetOverlappedResult, OVERLAPPED};
use windows_sys::Win32::System::Threading::WaitForSingleObject;

pub fn write_line(s: SOCKET, event: HANDLE, line: &str) -> bool {
    let text = format!("{line}\r\n");
    unsafe {
        let mut overlapped: OVERLAPPED = zeroed();
        overlapped.hEvent = event;
        if WriteFile(s as HANDLE, text.as_ptr(), text.len() as u32, null_mut(), &mut overlapped) == 0
            && GetLastError() != ERROR_IO_PENDING
        {
            return false;
        }
        let in_time = WaitForSingleObject(event, 3_000) == WAIT_OBJECT_0;
        if !in_time {
            CancelIo(s as HANDLE);
            let mut n = 0;
            GetOverlappedResult(s as HANDLE, &overlapped, &mut n, 1);
        }
        in_time
    }
}
