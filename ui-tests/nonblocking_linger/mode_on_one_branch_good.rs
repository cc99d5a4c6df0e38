//! The urgent branch makes the socket blocking again before it ends.

use std::io;
use windows_sys::Win32::Networking::WinSock::{self as net, SOCKET};

macro_rules! syscall {
    ($fn: ident ( $($arg: expr),* ), $err_test: path, $err_value: expr) => {{
        let res = unsafe { net::$fn($($arg),*) };
        if $err_test(&res, &$err_value) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

fn open() -> io::Result<SOCKET> {
    let s = syscall!(socket(net::AF_INET as i32, net::SOCK_STREAM, 0), PartialEq::eq, net::INVALID_SOCKET)?;
    let linger = net::LINGER { l_onoff: 1, l_linger: 9 };
    let _ = syscall!(setsockopt(s, net::SOL_SOCKET, net::SO_LINGER, (&raw const linger).cast(), 4), PartialEq::ne, 0);
    Ok(s)
}

pub fn alert(addr: *const net::SOCKADDR, len: i32, urgent: Option<u8>) -> io::Result<()> {
    let s = open()?;
    let mut result = syscall!(connect(s, addr, len), PartialEq::eq, net::SOCKET_ERROR).map(drop);
    if let (Ok(()), Some(byte)) = (&result, urgent) {
        let _ = syscall!(ioctlsocket(s, net::FIONBIO, &mut 1), PartialEq::ne, 0);
        result = syscall!(send(s, &byte, 1, net::MSG_OOB), PartialEq::eq, net::SOCKET_ERROR).map(drop);
        let _ = syscall!(ioctlsocket(s, net::FIONBIO, &mut 0), PartialEq::ne, 0);
    }
    let _ = syscall!(closesocket(s), PartialEq::ne, 0);
    result
}
