//! WSAStartup goes through a cvt helper of its own, which makes the error from the returned code.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{
    SO_RCVBUF, SOCKET, SOL_SOCKET, WSACleanup, WSADATA, WSAStartup, setsockopt,
};

fn cvt_nz(res: i32) -> io::Result<()> {
    if res == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

fn cvt_code(code: i32) -> io::Result<()> {
    if code == 0 {
        Ok(())
    } else {
        Err(io::Error::from_raw_os_error(code))
    }
}

#[cfg(windows)]
pub fn startup() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    cvt_code(unsafe { WSAStartup(0x202, &mut data) })
}

#[cfg(unix)]
pub fn startup() -> io::Result<()> {
    Ok(())
}

#[cfg(windows)]
pub fn teardown() -> io::Result<()> {
    cvt_nz(unsafe { WSACleanup() })
}

pub fn receive_buffer(socket: &UdpSocket, bytes: i32) -> io::Result<()> {
    let s = socket.as_raw_socket() as SOCKET;
    cvt_nz(unsafe { setsockopt(s, SOL_SOCKET, SO_RCVBUF, (&raw const bytes).cast(), 4) })
}
