//! The time was set by socket2 before the raw socket's SO_DONTLINGER is cleared again.

use socket2::{Domain, Socket, Type};
use std::io;
use std::os::windows::io::AsRawSocket;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{setsockopt, SO_DONTLINGER, SOCKET, SOL_SOCKET};

const CLOSE_TIMEOUT: Duration = Duration::from_secs(4);

fn dont_linger(socket: &Socket, dont: i32) -> io::Result<()> {
    let s = socket.as_raw_socket() as SOCKET;
    match unsafe { setsockopt(s, SOL_SOCKET, SO_DONTLINGER, (&raw const dont).cast(), 4) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

pub fn open() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_linger(Some(CLOSE_TIMEOUT))?;
    dont_linger(&socket, 1)?;
    dont_linger(&socket, 0)?;
    Ok(socket)
}
