//! ManuallyDrop keeps the borrowed stream from closing anything.

use std::io;
use std::mem::ManuallyDrop;
use std::net::TcpStream;
use std::os::windows::io::FromRawSocket;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKET, socket};

fn set_nodelay(s: SOCKET) -> io::Result<()> {
    let stream = ManuallyDrop::new(unsafe { TcpStream::from_raw_socket(s as _) });
    stream.set_nodelay(true)
}

pub fn open() -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    set_nodelay(s).map_err(|err| {
        unsafe { closesocket(s) };
        err
    })?;
    Ok(s)
}
