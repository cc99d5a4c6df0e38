//! The event's owner lives to the end of the function.

use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::CreateEventW;

struct Event(HANDLE);

impl Event {
    fn new() -> Option<Event> {
        let handle = unsafe { CreateEventW(null(), 1, 0, null()) };
        (!handle.is_null()).then_some(Event(handle))
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        unsafe { CloseHandle(self.0) };
    }
}

pub unsafe fn send_page(s: SOCKET, page: &[u8; 4096]) -> Option<u32> {
    let mut overlapped = OVERLAPPED::default();
    let event = Event::new()?;
    let started = {
        overlapped.hEvent = event.0;
        let data = WSABUF { len: 4096, buf: page.as_ptr().cast_mut() };
        WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None) == 0 || WSAGetLastError() == WSA_IO_PENDING
    };
    if !started {
        return None;
    }
    let (mut n, mut flags) = (0, 0);
    (WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) != 0).then_some(n)
}
