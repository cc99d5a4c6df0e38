//! A guard type waits in its Drop, on every exit of the function with the local OVERLAPPED.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend,
};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

struct WaitOnDrop<'a> {
    socket: SOCKET,
    overlapped: &'a OVERLAPPED,
    sent: &'a mut u32,
}

impl Drop for WaitOnDrop<'_> {
    fn drop(&mut self) {
        let mut flags = 0;
        unsafe {
            CancelIoEx(self.socket as HANDLE, self.overlapped);
            WSAGetOverlappedResult(self.socket, self.overlapped, self.sent, 1, &mut flags);
        }
    }
}

pub fn send_while<F>(s: SOCKET, event: HANDLE, data: &mut [u8], mut progress: F) -> io::Result<u32>
where
    F: FnMut() -> io::Result<bool>,
{
    let mut sent = 0;
    let mut overlapped = OVERLAPPED { hEvent: event, ..Default::default() };
    let wsabuf = WSABUF { len: data.len() as u32, buf: data.as_mut_ptr() };
    let rc = unsafe { WSASend(s, &wsabuf, 1, std::ptr::null_mut(), 0, &mut overlapped, None) };
    if rc != 0 {
        let code = unsafe { WSAGetLastError() };
        if code != WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    let guard = WaitOnDrop { socket: s, overlapped: &overlapped, sent: &mut sent };
    while progress()? {}
    drop(guard);
    Ok(sent)
}
