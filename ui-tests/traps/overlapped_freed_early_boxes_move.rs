//! Pending operations move as boxes through a queue and a Vec; what the boxes hold stays where it is.

use std::collections::VecDeque;
use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, SOCKET_ERROR, WSA_INVALID_EVENT, WSA_IO_PENDING, WSABUF, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAGetLastError,
    WSAGetOverlappedResult, WSASend,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Write {
    overlapped: OVERLAPPED,
    data: Vec<u8>,
}

/// The socket is the caller's and outlives the queue.
pub struct WriteQueue {
    socket: SOCKET,
    inflight: VecDeque<Box<Write>>,
}

impl WriteQueue {
    pub fn new(socket: SOCKET) -> WriteQueue {
        WriteQueue { socket, inflight: VecDeque::new() }
    }

    pub fn post(&mut self, text: &str) -> io::Result<()> {
        let mut data = text.as_bytes().to_vec();
        let wsabuf = WSABUF { len: data.len() as u32, buf: data.as_mut_ptr() };
        let mut write = Box::new(Write { overlapped: OVERLAPPED::default(), data });
        let event = unsafe { WSACreateEvent() };
        if event == WSA_INVALID_EVENT {
            return Err(io::Error::last_os_error());
        }
        write.overlapped.hEvent = event as HANDLE;
        if unsafe { WSASend(self.socket, &wsabuf, 1, std::ptr::null_mut(), 0, &mut write.overlapped, None) } == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                unsafe { WSACloseEvent(event) };
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        self.inflight.push_back(write);
        Ok(())
    }

    pub fn finish(&mut self) -> u32 {
        let mut all: Vec<Box<Write>> = Vec::new();
        all.extend(self.inflight.drain(..));
        let (mut total, mut n, mut flags) = (0, 0, 0);
        for write in &all {
            if unsafe { WSAGetOverlappedResult(self.socket, &write.overlapped, &mut n, 1, &mut flags) } != 0 {
                total += n;
            }
            unsafe { WSACloseEvent(write.overlapped.hEvent as WSAEVENT) };
        }
        total
    }
}

impl Drop for WriteQueue {
    fn drop(&mut self) {
        self.finish();
    }
}
