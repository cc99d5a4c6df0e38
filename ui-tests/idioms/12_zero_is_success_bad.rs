//! `== 0` returns the error when listen succeeded.

use std::io;
use windows_sys::Win32::Networking::WinSock::{getsockname, listen, SOCKADDR_IN, SOCKET};

pub fn start(s: SOCKET, backlog: i32, name: &mut SOCKADDR_IN) -> io::Result<u16> {
    if unsafe { listen(s, backlog) } == 0 { //~ inverted_check
        return Err(io::Error::last_os_error());
    }
    let mut len = size_of::<SOCKADDR_IN>() as i32;
    if unsafe { getsockname(s, std::ptr::from_mut(name).cast(), &mut len) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(u16::from_be(name.sin_port))
}
