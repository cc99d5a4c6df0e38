//! The helper waits when told to, and it is told to.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{MSG_WAITALL, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::core::BOOL;

fn outcome(s: SOCKET, overlapped: &OVERLAPPED, wait: bool) -> io::Result<u32> {
    let (mut n, mut flags) = (0, 0);
    let ok = unsafe { WSAGetOverlappedResult(s, overlapped, &mut n, BOOL::from(wait), &mut flags) };
    if ok == 0 { Err(io::Error::last_os_error()) } else { Ok(n) }
}

pub fn read_exactly(s: SOCKET, len: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; len];
    let mut overlapped = OVERLAPPED::default();
    let data = WSABUF { len: len as u32, buf: bytes.as_mut_ptr() };
    let mut flags = MSG_WAITALL as u32;
    let r = unsafe { WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None) };
    if r != 0 && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        return Err(io::Error::last_os_error());
    }
    let n = outcome(s, &overlapped, true)?;
    bytes.truncate(n as usize);
    Ok(bytes)
}
