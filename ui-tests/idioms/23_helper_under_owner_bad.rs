//! A helper closes its parameter although the TcpStream outside still owns it.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{closesocket, setsockopt, SO_KEEPALIVE, SOCKET, SOCKET_ERROR, SOL_SOCKET};

fn keepalive(s: SOCKET) -> io::Result<()> {
    let on = 1i32;
    if unsafe { setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (&raw const on).cast(), 4) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(())
}

pub fn dial(addr: &str) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(addr)?;
    keepalive(stream.as_raw_socket() as SOCKET)?; //~ double_close
    Ok(stream)
}
