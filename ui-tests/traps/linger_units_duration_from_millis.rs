//! Three thousand milliseconds are three seconds, whichever way they reach the option.

use socket2::{Domain, Socket, Type};
use std::io;
use std::os::windows::io::AsRawSocket;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

const LINGER_MS: u64 = 3_000;

pub fn open() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_linger(Some(Duration::from_millis(LINGER_MS)))?;
    Ok(socket)
}

pub fn extend(socket: &Socket) -> bool {
    let timeout = Duration::from_millis(2 * LINGER_MS);
    let linger = LINGER { l_onoff: 1, l_linger: timeout.as_secs() as u16 };
    unsafe { setsockopt(socket.as_raw_socket() as SOCKET, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4) == 0 }
}
