//! Alertable waits until the routine has set the flag in the operation.

use std::cell::Cell;
use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock as sock;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::WaitForSingleObjectEx;

#[repr(C)]
struct Receive {
    overlapped: OVERLAPPED,
    done: Cell<Option<u32>>,
    bytes: [u8; 64],
}

unsafe extern "system" fn routine(_code: u32, n: u32, overlapped: *mut OVERLAPPED, _: u32) {
    let receive = overlapped.cast::<Receive>();
    (*(&raw const (*receive).done)).set(Some(n));
}

pub unsafe fn receive_key(s: sock::SOCKET, never: HANDLE) -> Option<[u8; 64]> {
    let mut receive = Receive { overlapped: zeroed(), done: Cell::new(None), bytes: [0; 64] };
    let op = &raw mut receive;
    let data = sock::WSABUF { len: 64, buf: (&raw mut (*op).bytes).cast() };
    let mut flags = sock::MSG_WAITALL as u32;
    let r = sock::WSARecv(s, &data, 1, null_mut(), &mut flags, op.cast(), Some(routine));
    if r != 0 && sock::WSAGetLastError() != sock::WSA_IO_PENDING {
        return None;
    }
    while (*(&raw const (*op).done)).get().is_none() {
        WaitForSingleObjectEx(never, 10_000, 1);
    }
    match (*op).done.get() {
        Some(64) => Some((*op).bytes),
        _ => None,
    }
}
