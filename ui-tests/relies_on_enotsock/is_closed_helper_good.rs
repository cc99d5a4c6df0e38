//! The helper is asked about the descriptor before anything is closed.

use windows_sys::Win32::Networking::WinSock::{closesocket, getsockopt, SO_TYPE, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError};

fn is_closed(s: SOCKET) -> bool {
    let (mut kind, mut len) = (0i32, 4i32);
    let r = unsafe { getsockopt(s, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &mut len) };
    r == SOCKET_ERROR && unsafe { WSAGetLastError() } == WSAENOTSOCK
}

pub fn close_inherited(s: SOCKET) -> Result<(), &'static str> {
    if is_closed(s) {
        return Err("not a socket");
    }
    unsafe { closesocket(s) };
    Ok(())
}
