//! async: a rejected descriptor is closed and the function returns.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::FromRawSocket;
use windows_sys::Win32::Networking::WinSock::{closesocket, getsockopt, SO_TYPE, SOCK_STREAM, SOCKET, SOL_SOCKET};

async fn allowed(s: SOCKET) -> bool {
    let mut kind = 0i32;
    let mut len = 4i32;
    unsafe { getsockopt(s, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &mut len) == 0 && kind == SOCK_STREAM }
}

pub async fn adopt(s: SOCKET) -> io::Result<TcpStream> {
    if !allowed(s).await {
        unsafe { closesocket(s) };
        return Err(io::Error::other("not a stream"));
    }
    Ok(unsafe { TcpStream::from_raw_socket(s as _) })
}
