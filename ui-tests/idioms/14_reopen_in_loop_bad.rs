//! Each turn opens a socket; `continue` forgets the last one.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

pub fn first_bindable(ports: &[u16]) -> io::Result<SOCKET> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for &port in ports {
        let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) }; //~ unclosed_socket
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let mut addr: SOCKADDR_IN = unsafe { std::mem::zeroed() };
        addr.sin_family = AF_INET;
        addr.sin_port = port.to_be();
        if unsafe { bind(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
            last = io::Error::last_os_error();
            continue;
        }
        return Ok(s);
    }
    Err(last)
}
