//! winapi: the method waits for the event first and closes the field after.

use std::io;
use winapi::um::winsock2::{
    FD_CLOSE, SD_SEND, SOCKET, SOCKET_ERROR, WSA_INVALID_EVENT, WSA_WAIT_TIMEOUT, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAEventSelect,
    WSAWaitForMultipleEvents, closesocket, shutdown,
};

pub struct Session {
    socket: SOCKET,
    event: WSAEVENT,
}

impl Session {
    fn watch(&self, mask: i32) -> io::Result<()> {
        match unsafe { WSAEventSelect(self.socket, self.event, mask) } {
            SOCKET_ERROR => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }

    pub fn new(socket: SOCKET) -> io::Result<Session> {
        let event = unsafe { WSACreateEvent() };
        if event == WSA_INVALID_EVENT {
            return Err(io::Error::last_os_error());
        }
        Ok(Session { socket, event })
    }

    pub fn close(self) -> io::Result<()> {
        let watched = self.watch(FD_CLOSE);
        unsafe {
            shutdown(self.socket, SD_SEND);
            let closed = watched.is_err() || WSAWaitForMultipleEvents(1, &self.event, 0, 1_000, 0) != WSA_WAIT_TIMEOUT;
            closesocket(self.socket);
            WSACloseEvent(self.event);
            if closed { watched } else { Err(io::ErrorKind::TimedOut.into()) }
        }
    }
}
