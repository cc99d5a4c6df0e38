//! The log line asks for the error of getsockname after the socket is closed.

use std::io;
use std::mem;
use windows_sys::Win32::Networking::WinSock::{closesocket, getsockname, SOCKADDR_IN, SOCKET, SOCKET_ERROR};

fn local_port(s: SOCKET) -> Option<u16> {
    let mut addr: SOCKADDR_IN = unsafe { mem::zeroed() };
    let mut len = size_of::<SOCKADDR_IN>() as i32;
    match unsafe { getsockname(s, (&raw mut addr).cast(), &mut len) } {
        SOCKET_ERROR => None,
        _ => Some(u16::from_be(addr.sin_port)),
    }
}

pub fn report(s: SOCKET) {
    let Some(port) = local_port(s) else {
        unsafe { closesocket(s) };
        eprintln!("getsockname: {}", io::Error::last_os_error()); //~ clobbered_error
        return;
    };
    println!("listening on port {port}");
    unsafe { closesocket(s) };
}
