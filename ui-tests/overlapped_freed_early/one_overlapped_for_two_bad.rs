//! Receive and send at the same time, with one OVERLAPPED for both.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Duplex {
    reading: OVERLAPPED,
    writing: OVERLAPPED,
    input: [u8; 1024],
    output: [u8; 1024],
}

fn started(r: i32) -> Result<(), i32> {
    if r == 0 {
        return Ok(());
    }
    match unsafe { WSAGetLastError() } {
        WSA_IO_PENDING => Ok(()),
        code => Err(code),
    }
}

/// # Safety
/// `d` is never freed, and nothing is pending on it.
pub unsafe fn start_both(s: SOCKET, d: *mut Duplex) -> Result<(), i32> {
    let input = WSABUF { len: 1024, buf: (&raw mut (*d).input).cast() };
    let output = WSABUF { len: 1024, buf: (&raw mut (*d).output).cast() };
    let mut flags = 0;
    let reading = &raw mut (*d).reading;
    started(WSARecv(s, &input, 1, null_mut(), &mut flags, reading, None))?; //~ overlapped_freed_early
    started(WSASend(s, &output, 1, null_mut(), 0, reading, None))
}
