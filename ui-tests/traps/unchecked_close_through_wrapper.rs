//! The results of close go through a wrapper named close, a fold and a tail expression; all are looked at.

use std::io;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSAGetLastError};

mod sys {
    use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};

    pub unsafe fn close(s: SOCKET) -> i32 {
        unsafe { closesocket(s) }
    }
}

/// # Safety
/// The caller gives up the socket.
pub unsafe fn close(s: SOCKET) -> io::Result<()> {
    let rc = unsafe { sys::close(s) };
    if rc == 0 {
        return Ok(());
    }
    Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }))
}

/// # Safety
/// The caller gives up all of the sockets.
pub unsafe fn close_all(sockets: Vec<SOCKET>) -> io::Result<()> {
    sockets.into_iter().fold(Ok(()), |first, s| {
        let closed = unsafe { close(s) };
        first.and(closed)
    })
}
