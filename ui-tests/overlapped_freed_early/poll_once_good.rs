//! The windows crate: the result is looked at until it is no longer incomplete.

use windows::Win32::Foundation::{ERROR_IO_INCOMPLETE, HANDLE};
use windows::Win32::Networking::WinSock::*;
use windows::Win32::System::IO::{GetOverlappedResult, OVERLAPPED};
use windows::core::{Error, HRESULT, Result};

fn last() -> Error {
    Error::from_hresult(HRESULT::from_win32(unsafe { WSAGetLastError() }.0 as u32))
}

pub struct Channel {
    socket: SOCKET,
    event: HANDLE,
}

impl Channel {
    pub fn new(socket: SOCKET, event: HANDLE) -> Channel {
        Channel { socket, event }
    }

    pub fn receive(&self, into: &mut [u8]) -> Result<usize> {
        let mut overlapped = OVERLAPPED { hEvent: self.event, ..Default::default() };
        let buffers = [WSABUF { len: into.len() as u32, buf: windows::core::PSTR(into.as_mut_ptr()) }];
        let mut flags = 0;
        let rc = unsafe { WSARecv(self.socket, &buffers, None, &mut flags, Some(&mut overlapped), None) };
        if rc == SOCKET_ERROR && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
            return Err(last());
        }
        let mut n = 0;
        loop {
            match unsafe { GetOverlappedResult(HANDLE(self.socket.0 as _), &overlapped, &mut n, false) } {
                Ok(()) => return Ok(n as usize),
                Err(e) if e.code() == ERROR_IO_INCOMPLETE.to_hresult() => std::thread::yield_now(),
                Err(e) => return Err(e),
            }
        }
    }
}
