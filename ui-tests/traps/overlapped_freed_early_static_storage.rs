//! OVERLAPPED and buffer are statics: they are there for ever, pending or not.

use std::cell::UnsafeCell;
use std::mem::zeroed;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

struct Slot(UnsafeCell<OVERLAPPED>, UnsafeCell<[u8; 64]>);

unsafe impl Sync for Slot {}

static SLOT: Slot = Slot(UnsafeCell::new(unsafe { zeroed() }), UnsafeCell::new([0; 64]));
static USED: AtomicBool = AtomicBool::new(false);

/// Watches one socket, once.
pub fn watch(s: SOCKET) -> bool {
    if USED.swap(true, Ordering::AcqRel) {
        return false;
    }
    let data = WSABUF { len: 64, buf: SLOT.1.get().cast() };
    let mut flags = 0;
    let r = unsafe { WSARecv(s, &data, 1, null_mut(), &mut flags, SLOT.0.get(), None) };
    r == 0 || unsafe { WSAGetLastError() } == WSA_IO_PENDING
}

pub fn unwatch(s: SOCKET) {
    unsafe { CancelIoEx(s as _, SLOT.0.get()) };
}
