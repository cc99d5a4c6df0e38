//! Local OVERLAPPED; the result is waited for.

use std::io;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};

pub fn recv_blocking(s: SOCKET, buf: &mut [u8]) -> io::Result<u32> {
    let mut overlapped: OVERLAPPED = unsafe { std::mem::zeroed() };
    let data = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let (mut n, mut flags) = (0, 0);
    if unsafe { WSARecv(s, &data, 1, &mut n, &mut flags, &mut overlapped, None) } == 0 {
        return finish(s, &overlapped);
    }
    let err = unsafe { WSAGetLastError() };
    if err != WSA_IO_PENDING {
        return Err(io::Error::from_raw_os_error(err));
    }
    finish(s, &overlapped)
}

fn finish(s: SOCKET, overlapped: &OVERLAPPED) -> io::Result<u32> {
    let (mut n, mut flags) = (0, 0);
    if unsafe { WSAGetOverlappedResult(s, overlapped, &mut n, 1, &mut flags) } == 0 {
        return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
    }
    Ok(n)
}
