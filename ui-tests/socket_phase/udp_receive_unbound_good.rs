//! The datagram socket is bound before recvfrom.

use std::io;
use std::ptr;

mod c {
    pub use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket as close, INVALID_SOCKET, IPPROTO_UDP, recvfrom, setsockopt, SO_RCVTIMEO, SOCK_DGRAM, SOCKADDR_IN, socket, SOL_SOCKET};
}

pub fn wait_for_beacon(port: u16, timeout_ms: u32) -> io::Result<Vec<u8>> {
    let mut buf = vec![0u8; 1500];
    let s = unsafe { c::socket(c::AF_INET as i32, c::SOCK_DGRAM, c::IPPROTO_UDP) };
    if s == c::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let local = c::SOCKADDR_IN { sin_family: c::AF_INET, sin_port: port.to_be(), ..Default::default() };
    if unsafe { c::bind(s, (&raw const local).cast(), size_of::<c::SOCKADDR_IN>() as i32) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { c::close(s) };
        return Err(err);
    }
    unsafe { c::setsockopt(s, c::SOL_SOCKET, c::SO_RCVTIMEO, (&raw const timeout_ms).cast(), 4) };
    let n = unsafe { c::recvfrom(s, buf.as_mut_ptr(), buf.len() as i32, 0, ptr::null_mut(), ptr::null_mut()) };
    let result = match n {
        0.. => {
            buf.truncate(n as usize);
            Ok(buf)
        }
        _ => Err(io::Error::last_os_error()),
    };
    unsafe { c::close(s) };
    result
}
