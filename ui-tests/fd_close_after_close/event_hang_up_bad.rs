//! hang_up() closes the socket and then waits on the event for FD_CLOSE, which is not posted any more.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    FD_CLOSE, SD_SEND, SOCKET, SOCKET_ERROR, WSA_WAIT_FAILED, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAEventSelect,
    WSAWaitForMultipleEvents, closesocket, shutdown,
};

struct Event(WSAEVENT);

impl Event {
    fn new() -> io::Result<Event> {
        match unsafe { WSACreateEvent() } {
            0 => Err(io::Error::last_os_error()),
            event => Ok(Event(event)),
        }
    }

    fn as_handle(&self) -> HANDLE {
        self.0 as HANDLE
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        unsafe { WSACloseEvent(self.0) };
    }
}

fn cvt(res: i32) -> io::Result<()> {
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Ends a connection whose input has been read and waits until the peer has ended it too.
pub fn hang_up(s: SOCKET, limit_ms: u32) -> io::Result<bool> {
    let event = Event::new()?;
    cvt(unsafe { WSAEventSelect(s, event.0, FD_CLOSE as i32) })?;
    cvt(unsafe { shutdown(s, SD_SEND) })?;
    unsafe { closesocket(s) };
    let woken = unsafe { WSAWaitForMultipleEvents(1, &event.as_handle(), 1, limit_ms, 0) }; //~ fd_close_after_close
    if woken == WSA_WAIT_FAILED {
        return Err(io::Error::last_os_error());
    }
    Ok(woken == 0)
}
