//! A panic and the end of the process close whatever is open.

use std::process;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, INVALID_SOCKET, IPPROTO_TCP, listen, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR, WSAEADDRINUSE, WSAGetLastError};

pub fn must_listen(addr: &SOCKADDR_IN) -> SOCKET {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    assert_ne!(s, INVALID_SOCKET, "no socket");
    let len = size_of::<SOCKADDR_IN>() as i32;
    if unsafe { bind(s, (addr as *const SOCKADDR_IN).cast(), len) } == SOCKET_ERROR {
        match unsafe { WSAGetLastError() } {
            WSAEADDRINUSE => {
                eprintln!("another instance is running");
                process::exit(1)
            }
            code => panic!("bind: {code}"),
        }
    }
    if unsafe { listen(s, 8) } == SOCKET_ERROR {
        unreachable!("a bound stream socket can listen");
    }
    s
}
