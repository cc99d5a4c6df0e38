//! Two sends on two sockets wait for all of their events before both OVERLAPPED go out of scope.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, SOCKET_ERROR, WSA_INFINITE, WSA_INVALID_EVENT, WSA_IO_PENDING, WSABUF, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAGetLastError,
    WSASend, WSASetEvent, WSAWaitForMultipleEvents,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

const LINKS: usize = 2;

pub struct Mirror {
    links: [SOCKET; LINKS],
    events: [WSAEVENT; LINKS],
}

impl Mirror {
    pub fn new(links: [SOCKET; LINKS]) -> io::Result<Mirror> {
        let mirror = Mirror { links, events: std::array::from_fn(|_| unsafe { WSACreateEvent() }) };
        if mirror.events.contains(&WSA_INVALID_EVENT) {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        Ok(mirror)
    }

    pub fn broadcast(&self, message: &mut [u8]) -> io::Result<()> {
        let mut overlapped = [OVERLAPPED::default(); LINKS];
        let mut failed = None;
        for i in 0..LINKS {
            overlapped[i].hEvent = self.events[i] as HANDLE;
            let wsabuf = WSABUF { len: message.len() as u32, buf: message.as_mut_ptr() };
            let rc = unsafe { WSASend(self.links[i], &wsabuf, 1, std::ptr::null_mut(), 0, &mut overlapped[i], None) };
            if rc == SOCKET_ERROR {
                let code = unsafe { WSAGetLastError() };
                if code != WSA_IO_PENDING {
                    failed = Some(code);
                    unsafe { WSASetEvent(self.events[i]) };
                }
            }
        }
        let handles = self.events.map(|e| e as HANDLE);
        unsafe { WSAWaitForMultipleEvents(LINKS as u32, handles.as_ptr(), 1, WSA_INFINITE, 0) };
        match failed {
            Some(code) => Err(io::Error::from_raw_os_error(code)),
            None => Ok(()),
        }
    }
}

impl Drop for Mirror {
    fn drop(&mut self) {
        for event in self.events {
            unsafe { WSACloseEvent(event) };
        }
    }
}
