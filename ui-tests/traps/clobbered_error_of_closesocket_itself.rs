//! The error read after closesocket is closesocket's own.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SD_SEND, SOCKET, SOCKET_ERROR, WSAGetLastError, closesocket, shutdown};

pub struct CloseReport {
    pub shutdown: Option<i32>,
    pub close: Option<i32>,
}

impl CloseReport {
    pub fn into_result(self) -> io::Result<()> {
        match self.shutdown.or(self.close) {
            Some(code) => Err(io::Error::from_raw_os_error(code)),
            None => Ok(()),
        }
    }
}

/// Takes `s` over: ends our side, closes, and reports each call's code.
pub unsafe fn close(s: SOCKET) -> CloseReport {
    let mut report = CloseReport { shutdown: None, close: None };
    if shutdown(s, SD_SEND) == SOCKET_ERROR {
        report.shutdown = Some(WSAGetLastError());
    }
    if closesocket(s) == SOCKET_ERROR {
        report.close = Some(WSAGetLastError());
    }
    report
}

pub unsafe fn close_strict(s: SOCKET) -> io::Result<()> {
    let rc = shutdown(s, SD_SEND);
    let closed = closesocket(s);
    if closed != 0 {
        return Err(io::Error::last_os_error());
    }
    if rc != 0 {
        return Err(io::ErrorKind::NotConnected.into());
    }
    Ok(())
}
