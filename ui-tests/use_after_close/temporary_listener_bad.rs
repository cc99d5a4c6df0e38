//! The raw descriptor is taken from a temporary listener, which closes it at the end of the statement.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{IPPROTO_TCP, SOCKET, TCP_FASTOPEN, setsockopt};

struct Switch {
    level: i32,
    name: i32,
}

const FAST_OPEN: Switch = Switch { level: IPPROTO_TCP, name: TCP_FASTOPEN as i32 };

/// True when the system lets a listener use the option.
pub fn supports_fast_open(addr: SocketAddr) -> io::Result<bool> {
    let raw = TcpListener::bind(addr)?.as_raw_socket() as SOCKET;
    let yes = 1u8;
    let Switch { level, name } = FAST_OPEN;
    let rc = unsafe { setsockopt(raw, level, name, &yes, size_of_val(&yes) as i32) }; //~ use_after_close
    Ok(rc == 0)
}

/// The same for a list of addresses: the first that can be bound decides.
pub fn supports_fast_open_any(addrs: &[SocketAddr]) -> Option<bool> {
    addrs.iter().find_map(|addr| supports_fast_open(*addr).ok())
}
