//! WSAStartup does not go through `syscall!`, which reads the last error.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{FIONBIO, SOCKET, WSADATA, WSAStartup, ioctlsocket};

macro_rules! syscall {
    ($fn: ident ( $($arg: expr),* $(,)* ), $err_test: path, $err_value: expr) => {{
        let res = unsafe { $fn($($arg, )*) };
        if $err_test(&res, &$err_value) {
            Err(io::Error::last_os_error())
        } else {
            Ok(res)
        }
    }};
}

pub fn start() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    match unsafe { WSAStartup(0x202, &mut data) } {
        0 => Ok(()),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}

pub fn set_nonblocking(socket: &UdpSocket, mut on: u32) -> io::Result<()> {
    syscall!(ioctlsocket(socket.as_raw_socket() as SOCKET, FIONBIO, &mut on), PartialEq::ne, 0)?;
    Ok(())
}
