//! `?` drops the borrowed-by-trick stream, which closes a descriptor that the caller closes too.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::{FromRawSocket, IntoRawSocket};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKET, socket};

fn set_nodelay(s: SOCKET) -> io::Result<()> {
    let stream = unsafe { TcpStream::from_raw_socket(s as _) };
    stream.set_nodelay(true)?;
    let _ = stream.into_raw_socket();
    Ok(())
}

pub fn open() -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    set_nodelay(s).map_err(|err| {
        unsafe { closesocket(s) }; //~ double_close
        err
    })?;
    Ok(s)
}
