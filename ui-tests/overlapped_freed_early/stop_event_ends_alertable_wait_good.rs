//! When the stop event ends the wait, the operation is cancelled and its routine awaited.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::System::Threading::{INFINITE, SleepEx};

static RUNS: AtomicUsize = AtomicUsize::new(0);

unsafe extern "system" fn count(_: u32, _: u32, _: *mut OVERLAPPED, _: u32) {
    RUNS.fetch_add(1, Ordering::Relaxed);
}

/// The one user of `RUNS`, on one thread.
pub unsafe fn receive_unless(stop: HANDLE, s: SOCKET) -> Option<Box<[u8]>> {
    let mut page = vec![0u8; 4096].into_boxed_slice();
    let mut overlapped = OVERLAPPED::default();
    let data = [WSABUF { len: 4096, buf: page.as_mut_ptr() }];
    let mut flags = 0;
    RUNS.store(0, Ordering::Relaxed);
    if WSARecv(s, data.as_ptr(), 1, null_mut(), &mut flags, &mut overlapped, Some(count)) != 0
        && WSAGetLastError() != WSA_IO_PENDING
    {
        return None;
    }
    while RUNS.load(Ordering::Relaxed) == 0 {
        if WSAWaitForMultipleEvents(1, &stop, 0, WSA_INFINITE, 1) == WSA_WAIT_EVENT_0 as u32 {
            CancelIoEx(s as HANDLE, &overlapped);
            while RUNS.load(Ordering::Relaxed) == 0 {
                SleepEx(INFINITE, 1);
            }
            return None;
        }
    }
    Some(page)
}
