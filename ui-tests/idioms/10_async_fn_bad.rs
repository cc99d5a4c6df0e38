//! An async fn: the handshake's `?` after the await leaks the accepted socket.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, MSG_WAITALL, recv, SOCKET};

async fn allowed(token: &[u8]) -> io::Result<bool> {
    std::future::ready(Ok(token == b"let me in\0")).await
}

pub async fn next_client(listener: SOCKET) -> io::Result<Option<OwnedSocket>> {
    let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) }; //~ unclosed_socket
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut token = [0u8; 10];
    let n = unsafe { recv(s, token.as_mut_ptr(), token.len() as i32, MSG_WAITALL) };
    if n != token.len() as i32 {
        unsafe { closesocket(s) };
        return Ok(None);
    }
    if !allowed(&token).await? {
        unsafe { closesocket(s) };
        return Ok(None);
    }
    Ok(Some(unsafe { OwnedSocket::from_raw_socket(s as RawSocket) }))
}
