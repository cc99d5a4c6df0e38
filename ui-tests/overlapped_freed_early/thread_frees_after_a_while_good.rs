//! A thread frees the operation when it has waited for its completion.

use std::mem::zeroed;
use std::ptr::null_mut;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
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
    let r = unsafe { WSASend(s, &data, 1, null_mut(), 0, &raw mut (*op).overlapped, None) };
    let code = if r == 0 { 0 } else { unsafe { WSAGetLastError() } };
    if code != 0 && code != WSA_IO_PENDING {
        drop(unsafe { Box::from_raw(op) });
        return Err(code);
    }
    let address = op as usize;
    thread::spawn(move || {
        let op = unsafe { Box::from_raw(address as *mut Op) };
        let (mut n, mut flags) = (0, 0);
        unsafe { WSAGetOverlappedResult(s, &op.overlapped, &mut n, 1, &mut flags) };
        drop(op);
    });
    Ok(())
}
