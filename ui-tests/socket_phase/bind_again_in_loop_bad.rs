//! The loop over the addresses goes on after a bind that succeeded, and binds a second time.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, SOCK_DGRAM, SOCKADDR, SOCKADDR_IN, SOCKET, socket};

pub fn bind_first(candidates: &[SOCKADDR_IN]) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut bound = None;
    for addr in candidates {
        let name = &raw const *addr as *const SOCKADDR;
        if unsafe { bind(s, name, size_of::<SOCKADDR_IN>() as i32) } == 0 { //~ socket_phase
            bound = Some(u16::from_be(addr.sin_port));
        }
    }
    match bound {
        Some(port) => {
            println!("bound to port {port}");
            Ok(s)
        }
        None => {
            unsafe { closesocket(s) };
            Err(io::ErrorKind::AddrNotAvailable.into())
        }
    }
}
