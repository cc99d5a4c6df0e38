//! The loop keeps the last error of `connect`.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket};
use windows_sys::Win32::Networking::WinSock as c;

pub fn connect_any(addrs: &[c::SOCKADDR_IN]) -> io::Result<OwnedSocket> {
    let len = size_of::<c::SOCKADDR_IN>() as i32;
    let mut last = io::Error::from(io::ErrorKind::InvalidInput);
    for addr in addrs {
        let s = unsafe { c::socket(c::AF_INET as i32, c::SOCK_STREAM, c::IPPROTO_TCP) };
        if s == c::INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if unsafe { c::connect(s, (addr as *const c::SOCKADDR_IN).cast(), len) } == 0 {
            return Ok(unsafe { OwnedSocket::from_raw_socket(s as _) });
        }
        last = io::Error::last_os_error();
        unsafe { c::closesocket(s) };
    }
    Err(last)
}
