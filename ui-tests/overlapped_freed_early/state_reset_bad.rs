//! A connection's state machine resets its OVERLAPPED and starts anew while the former receive is pending.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAEVENT, WSAGetLastError, WSAGetOverlappedResult, WSARecv,
};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

#[derive(PartialEq)]
enum State {
    Idle,
    Reading,
}

pub struct Conn {
    socket: SOCKET,
    event: WSAEVENT,
    overlapped: Box<OVERLAPPED>,
    header: Box<[u8; 64]>,
    body: Vec<u8>,
    state: State,
}

impl Conn {
    pub fn new(socket: SOCKET, event: WSAEVENT) -> Conn {
        Conn { socket, event, overlapped: Box::default(), header: Box::new([0; 64]), body: Vec::new(), state: State::Idle }
    }

    fn settle(&mut self) {
        if self.state == State::Reading {
            let (mut n, mut flags) = (0, 0);
            unsafe {
                CancelIoEx(self.socket as _, &raw const *self.overlapped);
                WSAGetOverlappedResult(self.socket, &raw const *self.overlapped, &mut n, 1, &mut flags);
            }
            self.state = State::Idle;
        }
    }

    fn post(&mut self, to: WSABUF) -> io::Result<()> {
        let mut flags = 0;
        *self.overlapped = OVERLAPPED { hEvent: self.event as _, ..Default::default() };
        let rc = unsafe { WSARecv(self.socket, &raw const to, 1, std::ptr::null_mut(), &raw mut flags, &raw mut *self.overlapped, None) }; //~ overlapped_freed_early
        if rc == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        self.state = State::Reading;
        Ok(())
    }

    /// Reads into the header, and when nobody has sent one, goes on with the body.
    pub fn skip_header(&mut self, len: usize) -> io::Result<()> {
        self.settle();
        let header = WSABUF { len: 64, buf: self.header.as_mut_ptr() };
        self.post(header)?;
        self.body.resize(len, 0);
        let body = WSABUF { len: len as u32, buf: self.body.as_mut_ptr() };
        self.post(body)
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        self.settle();
    }
}
