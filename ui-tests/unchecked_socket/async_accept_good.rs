//! async: `accept` may still fail after readiness; a let-else sorts that out.

use std::io;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

fn accepted(listener: SOCKET) -> Option<SOCKET> {
    let s = unsafe { WinSock::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    (s != WinSock::INVALID_SOCKET).then_some(s)
}

pub async fn next(listener: SOCKET, readable: impl Future<Output = ()>) -> io::Result<SOCKET> {
    readable.await;
    let Some(client) = accepted(listener) else {
        return Err(io::ErrorKind::WouldBlock.into());
    };
    let mut off = 0u32;
    if unsafe { WinSock::ioctlsocket(client, WinSock::FIONBIO, &mut off) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { WinSock::closesocket(client) };
        return Err(err);
    }
    Ok(client)
}
