//! A function with the signature of a completion routine is called by hand after the port returned the operation.

use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{send, SOCKET};
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatus, OVERLAPPED};
use windows_sys::Win32::System::Threading::INFINITE;

#[repr(C)]
pub struct Request {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    buf: [u8; 1024],
}

unsafe extern "system" fn answer(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let request = unsafe { Box::from_raw(overlapped.cast::<Request>()) };
    if error == 0 {
        unsafe { send(request.socket, request.buf.as_ptr(), bytes as i32, 0) };
    }
}

pub fn run(port: HANDLE) {
    loop {
        let (mut bytes, mut key, mut overlapped) = (0, 0, null_mut());
        let ok = unsafe { GetQueuedCompletionStatus(port, &mut bytes, &mut key, &mut overlapped, INFINITE) };
        if overlapped.is_null() {
            return;
        }
        unsafe { answer(u32::from(ok == 0), bytes, overlapped, 0) };
    }
}
