//! WSAEventSelect is cancelled and blocking mode restored before the lingering close.

use std::io;

mod c {
    pub use windows_sys::Win32::Networking::WinSock::*;
}

pub struct Session {
    socket: c::SOCKET,
    event: c::WSAEVENT,
}

impl Session {
    /// Takes over the socket and the event.
    pub fn new(socket: c::SOCKET, event: c::WSAEVENT) -> Session {
        Session { socket, event }
    }

    fn wait_writable(&self) -> io::Result<()> {
        let mut events = c::WSANETWORKEVENTS::default();
        loop {
            let handle = self.event as windows_sys::Win32::Foundation::HANDLE;
            if unsafe { c::WSAWaitForMultipleEvents(1, &handle, 0, 10_000, 0) } != 0 {
                return Err(io::ErrorKind::TimedOut.into());
            }
            if unsafe { c::WSAEnumNetworkEvents(self.socket, self.event, &mut events) } == c::SOCKET_ERROR {
                return Err(io::Error::last_os_error());
            }
            if events.lNetworkEvents & (c::FD_WRITE as i32) != 0 {
                return Ok(());
            }
        }
    }

    pub fn finish(self, last: &[u8]) -> io::Result<()> {
        unsafe {
            c::WSAEventSelect(self.socket, self.event, (c::FD_WRITE | c::FD_CLOSE) as i32);
        }
        let result = self.wait_writable();
        if result.is_ok() {
            unsafe { c::send(self.socket, last.as_ptr(), last.len() as i32, 0) };
        }
        let linger = c::LINGER { l_onoff: 1, l_linger: 8 };
        unsafe {
            c::WSAEventSelect(self.socket, 0, 0);
            let mut mode = 0;
            c::ioctlsocket(self.socket, c::FIONBIO, &mut mode);
            c::setsockopt(self.socket, c::SOL_SOCKET, c::SO_LINGER, (&raw const linger).cast(), size_of::<c::LINGER>() as i32);
            c::closesocket(self.socket);
            c::WSACloseEvent(self.event);
        }
        result
    }
}
