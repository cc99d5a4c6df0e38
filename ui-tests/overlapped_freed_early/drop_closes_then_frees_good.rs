//! Drop closes the socket and waits for the event of the receive before the box is freed.

use std::io;
use std::mem;
use std::ptr;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::winsock2::{
    SOCKET, SOCKET_ERROR, WSA_INFINITE, WSA_INVALID_EVENT, WSA_IO_PENDING, WSACloseEvent, WSACreateEvent, WSAGetLastError, WSARecv,
    WSAWaitForMultipleEvents, closesocket,
};
use winapi::shared::ws2def::WSABUF;

struct Read {
    overlapped: OVERLAPPED,
    buf: [u8; 2048],
}

/// Owns the socket it is made from.
pub struct Conn {
    socket: SOCKET,
    read: Option<Box<Read>>,
}

impl Conn {
    pub fn new(socket: SOCKET) -> Conn {
        Conn { socket, read: None }
    }

    pub fn start_read(&mut self) -> io::Result<()> {
        if self.read.is_some() {
            return Ok(());
        }
        let mut read = Box::new(Read { overlapped: unsafe { mem::zeroed() }, buf: [0; 2048] });
        read.overlapped.hEvent = unsafe { WSACreateEvent() };
        if read.overlapped.hEvent == WSA_INVALID_EVENT {
            return Err(io::Error::last_os_error());
        }
        let mut wsabuf = WSABUF { len: 2048, buf: read.buf.as_mut_ptr().cast() };
        let mut flags = 0;
        let rc = unsafe { WSARecv(self.socket, &mut wsabuf, 1, ptr::null_mut(), &mut flags, &mut read.overlapped, None) };
        if rc == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                unsafe { WSACloseEvent(read.overlapped.hEvent) };
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        self.read = Some(read);
        Ok(())
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
        if let Some(read) = self.read.take() {
            unsafe {
                WSAWaitForMultipleEvents(1, &read.overlapped.hEvent, 0, WSA_INFINITE, 0);
                WSACloseEvent(read.overlapped.hEvent);
            }
        }
    }
}
