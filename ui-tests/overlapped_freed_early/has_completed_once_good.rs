//! HasOverlappedIoCompleted is asked until its answer is yes.

use std::hint::spin_loop;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::STATUS_PENDING;
use windows_sys::Win32::Networking::WinSock::{self as wsa, SOCKET, WSABUF};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[allow(non_snake_case)]
unsafe fn HasOverlappedIoCompleted(overlapped: *const OVERLAPPED) -> bool {
    (&raw const (*overlapped).Internal).read_volatile() != STATUS_PENDING as usize
}

pub unsafe fn beat(s: SOCKET, count: u8) -> bool {
    let mut beat = vec![0xb0, count];
    let mut overlapped = OVERLAPPED::default();
    let data = WSABUF { len: 2, buf: beat.as_mut_ptr() };
    let r = wsa::WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None);
    if r == wsa::SOCKET_ERROR && wsa::WSAGetLastError() != wsa::WSA_IO_PENDING {
        return false;
    }
    while !HasOverlappedIoCompleted(&overlapped) {
        spin_loop();
    }
    overlapped.InternalHigh == 2
}
