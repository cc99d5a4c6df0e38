//! winapi: CancelIo and an unlimited wait for the event of the receive.

use std::{io, mem, ptr};
use winapi::shared::ws2def::WSABUF;
use winapi::um::handleapi::CloseHandle;
use winapi::um::ioapiset::CancelIo;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::synchapi::{CreateEventW, WaitForSingleObject};
use winapi::um::winbase::{INFINITE, WAIT_OBJECT_0};
use winapi::um::winnt::HANDLE;
use winapi::um::winsock2::{SOCKET, WSA_IO_PENDING, WSAGetLastError, WSARecv};

struct Event(HANDLE);

impl Drop for Event {
    fn drop(&mut self) {
        unsafe { CloseHandle(self.0) };
    }
}

pub fn recv_timeout(s: SOCKET, buf: &mut Vec<u8>, millis: u32) -> io::Result<Option<usize>> {
    let event = Event(unsafe { CreateEventW(ptr::null_mut(), 1, 0, ptr::null()) });
    if event.0.is_null() {
        return Err(io::Error::last_os_error());
    }
    let mut overlapped: OVERLAPPED = unsafe { mem::zeroed() };
    overlapped.hEvent = event.0;
    let mut wsabuf = WSABUF { len: buf.len() as u32, buf: buf.as_mut_ptr().cast() };
    let mut flags = 0;
    let rc = unsafe { WSARecv(s, &mut wsabuf, 1, ptr::null_mut(), &mut flags, &mut overlapped, None) };
    if rc != 0 && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        return Err(io::Error::last_os_error());
    }
    if unsafe { WaitForSingleObject(event.0, millis) } != WAIT_OBJECT_0 {
        unsafe { CancelIo(s as HANDLE) };
        if unsafe { WaitForSingleObject(event.0, INFINITE) } != WAIT_OBJECT_0 {
            std::process::abort();
        }
        return Ok(None);
    }
    if overlapped.Internal != 0 {
        return Err(io::ErrorKind::ConnectionReset.into());
    }
    Ok(Some(overlapped.InternalHigh))
}
