//! `r#try!(..)` after the wrapping: the owner closes.

#![allow(deprecated)]

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{FromRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, INVALID_SOCKET, setsockopt, SO_REUSEADDR, SOCK_DGRAM, SOCKADDR_IN, socket, SOCKET_ERROR, SOL_SOCKET};

fn cvt(res: i32) -> io::Result<i32> {
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(res) }
}

pub fn shared(addr: &SOCKADDR_IN) -> io::Result<UdpSocket> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let owned = unsafe { UdpSocket::from_raw_socket(s as RawSocket) };
    let on = 1i32;
    r#try!(cvt(unsafe { setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (&raw const on).cast(), 4) }));
    r#try!(cvt(unsafe { bind(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) }));
    Ok(owned)
}
