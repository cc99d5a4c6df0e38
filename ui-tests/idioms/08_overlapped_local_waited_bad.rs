//! Local OVERLAPPED; the result is asked for without waiting.

use std::io;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};

pub fn recv_blocking(s: SOCKET, buf: &mut [u8]) -> io::Result<u32> {
    let mut overlapped: OVERLAPPED = unsafe { std::mem::zeroed() };
    let data = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let (mut n, mut flags) = (0, 0);
    if unsafe { WSARecv(s, &data, 1, &mut n, &mut flags, &mut overlapped, None) } == 0 { //~ overlapped_freed_early
        return Ok(n);
    }
    let err = unsafe { WSAGetLastError() };
    if err != WSA_IO_PENDING {
        return Err(io::Error::from_raw_os_error(err));
    }
    if unsafe { WSAGetOverlappedResult(s, &overlapped, &mut n, 0, &mut flags) } == 0 {
        return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
    }
    Ok(n)
}
