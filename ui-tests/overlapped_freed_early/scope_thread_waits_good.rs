//! thread::scope: the thread beside waits for the send, and the scope for the thread.

use std::ptr::null_mut;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub fn send_beside(s: SOCKET, text: &str, work: impl FnOnce()) -> bool {
    let mut overlapped = OVERLAPPED::default();
    let data = WSABUF { len: text.len() as u32, buf: text.as_ptr().cast_mut() };
    let r = unsafe { WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None) };
    if r != 0 && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        return false;
    }
    let place = &raw const overlapped as usize;
    thread::scope(|scope| {
        let waiter = scope.spawn(move || {
            let (mut n, mut flags) = (0, 0);
            unsafe { WSAGetOverlappedResult(s, place as *const OVERLAPPED, &mut n, 1, &mut flags) != 0 }
        });
        work();
        waiter.join().unwrap_or(false)
    })
}
