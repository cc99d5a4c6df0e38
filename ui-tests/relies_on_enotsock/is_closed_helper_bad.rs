//! A helper that looks for WSAENOTSOCK is asked about a socket that has been closed.

use windows_sys::Win32::Networking::WinSock::{closesocket, getsockopt, SO_TYPE, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError};

fn is_closed(s: SOCKET) -> bool {
    let (mut kind, mut len) = (0i32, 4i32);
    let r = unsafe { getsockopt(s, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &mut len) };
    r == SOCKET_ERROR && unsafe { WSAGetLastError() } == WSAENOTSOCK //~ relies_on_enotsock
}

pub fn close_inherited(s: SOCKET) -> Result<(), &'static str> {
    unsafe { closesocket(s) };
    if !is_closed(s) { //~ use_after_close
        return Err("still open");
    }
    Ok(())
}
