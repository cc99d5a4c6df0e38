//! A send with a completion routine sleeps alertably once, for at most half a second, and returns.

use std::cell::Cell;
use std::io;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::{INFINITE, SleepEx};

#[repr(C)]
struct Send {
    overlapped: OVERLAPPED,
    result: Cell<Option<(u32, u32)>>,
}

unsafe extern "system" fn on_sent(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    unsafe { (*overlapped.cast::<Send>()).result.set(Some((error, bytes))) };
}

pub fn send(s: SOCKET, data: &mut [u8]) -> io::Result<u32> {
    let mut state = Send { overlapped: OVERLAPPED::default(), result: Cell::new(None) };
    let state = &raw mut state;
    let wsabuf = WSABUF { len: data.len() as u32, buf: data.as_mut_ptr() };
    let rc = unsafe { WSASend(s, &raw const wsabuf, 1, std::ptr::null_mut(), 0, state.cast(), Some(on_sent)) }; //~ overlapped_freed_early
    if rc == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        if code != WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    unsafe { SleepEx(500, 1) };
    match unsafe { (*state).result.get() } {
        None => Err(io::ErrorKind::TimedOut.into()),
        Some((0, n)) => Ok(n),
        Some((e, _)) => Err(io::Error::from_raw_os_error(e as i32)),
    }
}
