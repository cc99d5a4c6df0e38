//! winapi: the operation is asked for with HasOverlappedIoCompleted until it has ended.

use std::io;
use std::{mem, ptr, thread};
use winapi::shared::ws2def::WSABUF;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::winsock2::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSAGetLastError, WSASend};

const STATUS_PENDING: usize = 0x103;

/// The macro of winbase.h.
#[allow(non_snake_case)]
unsafe fn HasOverlappedIoCompleted(overlapped: *const OVERLAPPED) -> bool {
    unsafe { ptr::read_volatile(&raw const (*overlapped).Internal) != STATUS_PENDING }
}

pub fn send_spinning(s: SOCKET, mut data: Vec<u8>) -> io::Result<usize> {
    let mut overlapped: OVERLAPPED = unsafe { mem::zeroed() };
    let mut wsabuf = WSABUF { len: data.len() as u32, buf: data.as_mut_ptr().cast() };
    let rc = unsafe { WSASend(s, &mut wsabuf, 1, ptr::null_mut(), 0, &mut overlapped, None) };
    if rc == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        if code != WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    let mut rounds = 0u64;
    while !unsafe { HasOverlappedIoCompleted(&overlapped) } {
        rounds += 1;
        if rounds % 64 == 0 {
            thread::yield_now();
        }
    }
    if overlapped.Internal != 0 {
        return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
    }
    Ok(overlapped.InternalHigh as usize)
}
