//! A thread frees the operation after a minute, complete or not.

use std::mem::zeroed;
use std::ptr::null_mut;
use std::{thread, time::Duration};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

struct Op {
    overlapped: OVERLAPPED,
    bytes: Vec<u8>,
}

/// `s` stays open for as long as the program runs.
pub fn send_in_background(s: SOCKET, bytes: Vec<u8>) -> Result<(), i32> {
    let mut op = Box::new(Op { overlapped: unsafe { zeroed() }, bytes });
    let data = WSABUF { len: op.bytes.len() as u32, buf: op.bytes.as_mut_ptr() };
    let op = Box::into_raw(op);
    let r = unsafe { WSASend(s, &data, 1, null_mut(), 0, &raw mut (*op).overlapped, None) }; //~ overlapped_freed_early
    let code = if r == 0 { 0 } else { unsafe { WSAGetLastError() } };
    if code != 0 && code != WSA_IO_PENDING {
        drop(unsafe { Box::from_raw(op) });
        return Err(code);
    }
    let address = op as usize;
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(60));
        let op = unsafe { Box::from_raw(address as *mut Op) };
        drop(op);
    });
    Ok(())
}
