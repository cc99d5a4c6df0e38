//! A leaked box made whole again after the cancelled operation was waited for.

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};

pub unsafe fn try_receive(s: SOCKET, buf: &'static mut [u8]) -> i32 {
    let overlapped: &'static mut OVERLAPPED = Box::leak(Box::new(std::mem::zeroed()));
    let overlapped: *mut OVERLAPPED = overlapped;
    let data = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr() };
    let (mut n, mut flags) = (0, 0);
    let res = WSARecv(s, &data, 1, std::ptr::null_mut(), &mut flags, overlapped, None);
    if res == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        drop(Box::from_raw(overlapped));
        return -1;
    }
    CancelIoEx(s as HANDLE, overlapped);
    if WSAGetOverlappedResult(s, overlapped, &mut n, 1, &mut flags) == 0 {
        n = 0;
    }
    drop(Box::from_raw(overlapped));
    n as i32
}
