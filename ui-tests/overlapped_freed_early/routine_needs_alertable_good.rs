//! SleepEx lets the completion routine run; the loop ends when it has run.

use std::mem::zeroed;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::{INFINITE, SleepEx};

static SENT: AtomicBool = AtomicBool::new(false);

unsafe extern "system" fn on_sent(_error: u32, _n: u32, _overlapped: *mut OVERLAPPED, _flags: u32) {
    SENT.store(true, SeqCst);
}

pub unsafe fn send_goodbye(s: SOCKET, name: &str) -> bool {
    let mut text = String::from("bye, ");
    text.push_str(name);
    SENT.store(false, SeqCst);
    let mut overlapped: OVERLAPPED = zeroed();
    let data = WSABUF { len: text.len() as u32, buf: text.as_ptr().cast_mut() };
    let r = WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, Some(on_sent));
    if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
        return false;
    }
    while !SENT.load(SeqCst) {
        SleepEx(INFINITE, 1);
    }
    SENT.load(SeqCst)
}
