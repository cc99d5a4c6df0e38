//! The function waits until the receive is complete.

use std::io;
use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSACloseEvent, WSACreateEvent, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub unsafe fn recv_into(s: SOCKET, buf: &mut [u8]) -> io::Result<u32> {
    let event = WSACreateEvent();
    let mut overlapped: OVERLAPPED = zeroed();
    overlapped.hEvent = event as _;
    let data = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let mut flags = 0;
    if WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None) == SOCKET_ERROR {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            WSACloseEvent(event);
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    let mut received = 0;
    let done = WSAGetOverlappedResult(s, &overlapped, &mut received, 1, &mut flags);
    let result = if done == 0 { Err(io::Error::last_os_error()) } else { Ok(received) };
    WSACloseEvent(event);
    result
}
