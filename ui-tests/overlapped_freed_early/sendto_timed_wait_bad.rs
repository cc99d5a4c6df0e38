//! A datagram on the stack; the wait for its event may expire and the result is not looked at.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASendTo};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::WaitForSingleObject;

/// `event` is a manual-reset event that is not signalled.
pub unsafe fn announce(s: SOCKET, to: *const SOCKADDR_IN, event: HANDLE, id: u32) -> bool {
    let mut datagram = [0u8; 64];
    datagram[..4].copy_from_slice(&id.to_be_bytes());
    let mut overlapped = OVERLAPPED { hEvent: event, ..zeroed() };
    let data = WSABUF { len: datagram.len() as u32, buf: datagram.as_mut_ptr() };
    let to_len = size_of::<SOCKADDR_IN>() as i32;
    let r = WSASendTo(s, &data, 1, null_mut(), 0, to.cast(), to_len, &mut overlapped, None); //~ overlapped_freed_early
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        return false;
    }
    WaitForSingleObject(event, 1_000);
    true
}
