//! The waiter's event object is closed with WSACloseEvent and the socket beside it with closesocket.

use std::io;
use winapi::um::winsock2 as ws2;
use winapi::um::winsock2::{SOCKET, WSAEVENT};

pub struct Waiter {
    listener: SOCKET,
    event: WSAEVENT,
}

impl Waiter {
    /// Takes `listener` over when it succeeds.
    pub fn new(listener: SOCKET) -> io::Result<Waiter> {
        let event = unsafe { ws2::WSACreateEvent() };
        if event == ws2::WSA_INVALID_EVENT {
            return Err(io::Error::last_os_error());
        }
        if unsafe { ws2::WSAEventSelect(listener, event, ws2::FD_ACCEPT) } == ws2::SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { ws2::WSACloseEvent(event) };
            return Err(err);
        }
        Ok(Waiter { listener, event })
    }

    pub fn wait(&self, ms: u32) -> bool {
        let rc = unsafe { ws2::WSAWaitForMultipleEvents(1, &self.event, 0, ms, 0) };
        rc == 0 && unsafe { ws2::WSAResetEvent(self.event) } != 0
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        unsafe {
            ws2::WSAEventSelect(self.listener, std::ptr::null_mut(), 0);
            ws2::WSACloseEvent(self.event);
            ws2::closesocket(self.listener);
        }
    }
}
