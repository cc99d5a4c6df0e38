//! WSASendTo waits for its event or a stop event; on the stop event it cancels the send and waits for its end.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{self as winsock, SOCKADDR, SOCKET, WSABUF};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

struct Event(winsock::WSAEVENT);

impl Event {
    fn new() -> io::Result<Event> {
        match unsafe { winsock::WSACreateEvent() } {
            winsock::WSA_INVALID_EVENT => Err(io::Error::last_os_error()),
            e => Ok(Event(e)),
        }
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        unsafe { winsock::WSACloseEvent(self.0) };
    }
}

pub enum Outcome {
    Sent(u32),
    Stopped,
}

pub fn send_to(s: SOCKET, stop: HANDLE, to: &[u8], payload: &mut [u8]) -> io::Result<Outcome> {
    let done = Event::new()?;
    let mut overlapped = OVERLAPPED::default();
    overlapped.hEvent = done.0 as HANDLE;
    let data = WSABUF { len: payload.len() as u32, buf: payload.as_mut_ptr() };
    let addr: *const SOCKADDR = to.as_ptr().cast();
    let rc = unsafe { winsock::WSASendTo(s, &data, 1, std::ptr::null_mut(), 0, addr, to.len() as i32, &mut overlapped, None) };
    if rc == winsock::SOCKET_ERROR {
        let code = unsafe { winsock::WSAGetLastError() };
        if code != winsock::WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    let events = [done.0 as HANDLE, stop];
    let which = unsafe { winsock::WSAWaitForMultipleEvents(2, events.as_ptr(), 0, winsock::WSA_INFINITE, 0) };
    if which == 1 {
        let (mut n, mut flags) = (0, 0);
        unsafe {
            CancelIoEx(s as HANDLE, &overlapped);
            winsock::WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags);
        }
        return Ok(Outcome::Stopped);
    }
    let (mut n, mut flags) = (0, 0);
    if unsafe { winsock::WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(Outcome::Sent(n))
}
