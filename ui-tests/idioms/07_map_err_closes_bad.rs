//! The first call closes in map_err, the second forgets it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_TCP, listen, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR};

fn cvt(res: i32) -> io::Result<()> {
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn listener(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) }; //~ unclosed_socket
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    cvt(unsafe { bind(s, std::ptr::from_ref(addr).cast(), size_of_val(addr) as i32) }).map_err(|e| {
        unsafe { closesocket(s) };
        e
    })?;
    cvt(unsafe { listen(s, 128) })?;
    Ok(s)
}
