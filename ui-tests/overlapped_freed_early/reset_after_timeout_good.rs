//! After a timeout the receive is cancelled and awaited, then its OVERLAPPED is zeroed.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::{HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::System::Threading::WaitForSingleObject;

/// # Safety
/// `overlapped` and `buf` live for ever.
pub unsafe fn patient_recv(s: SOCKET, event: HANDLE, buf: *mut [u8; 256], overlapped: *mut OVERLAPPED) -> Option<u32> {
    for patience in [100, 1_000, 10_000] {
        overlapped.write(OVERLAPPED { hEvent: event, ..zeroed() });
        let data = WSABUF { len: 256, buf: buf.cast() };
        let (mut n, mut flags) = (0, 0);
        let r = WSARecv(s, &data, 1, null_mut(), &mut flags, overlapped, None);
        if r != 0 && WSAGetLastError() != WSA_IO_PENDING {
            return None;
        }
        if WaitForSingleObject(event, patience) != WAIT_OBJECT_0 {
            CancelIoEx(s as HANDLE, overlapped);
            if WSAGetOverlappedResult(s, overlapped, &mut n, 1, &mut flags) != 0 {
                return Some(n);
            }
            continue;
        }
        return match WSAGetOverlappedResult(s, overlapped, &mut n, 1, &mut flags) {
            0 => None,
            _ => Some(n),
        };
    }
    None
}
