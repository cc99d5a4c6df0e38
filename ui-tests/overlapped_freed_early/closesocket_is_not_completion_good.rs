//! After closesocket the cancelled operation is awaited at its port.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatus, OVERLAPPED};
use windows_sys::Win32::System::Threading::INFINITE;

struct Op {
    overlapped: OVERLAPPED,
    buf: [u8; 1500],
}

pub unsafe fn recv_or_give_up(s: SOCKET, port: HANDLE) -> Option<Vec<u8>> {
    let mut op = Box::new(Op { overlapped: zeroed(), buf: [0; 1500] });
    let data = WSABUF { len: 1500, buf: op.buf.as_mut_ptr() };
    let mut flags = 0;
    let started = WSARecv(s, &data, 1, null_mut(), &mut flags, &mut op.overlapped, None);
    if started == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        closesocket(s);
        return None;
    }
    let (mut n, mut key, mut done) = (0, 0, null_mut());
    if GetQueuedCompletionStatus(port, &mut n, &mut key, &mut done, 5_000) == 0 && done.is_null() {
        closesocket(s);
        while done != &raw mut op.overlapped {
            GetQueuedCompletionStatus(port, &mut n, &mut key, &mut done, INFINITE);
        }
        return None;
    }
    closesocket(s);
    Some(op.buf[..n as usize].to_vec())
}
