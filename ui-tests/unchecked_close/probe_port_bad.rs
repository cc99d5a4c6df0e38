//! A port probe drops the result of its only close.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, IN_ADDR, IN_ADDR_0, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET_ERROR, bind, closesocket, socket,
};

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $err_test:path, $err_value:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if $err_test(&res, &$err_value) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

fn loopback(port: u16) -> SOCKADDR_IN {
    SOCKADDR_IN {
        sin_family: AF_INET,
        sin_port: port.to_be(),
        sin_addr: IN_ADDR { S_un: IN_ADDR_0 { S_addr: u32::from_ne_bytes([127, 0, 0, 1]) } },
        sin_zero: [0; 8],
    }
}

pub fn is_free(port: u16) -> io::Result<bool> {
    let s = syscall!(socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP), PartialEq::eq, INVALID_SOCKET)?;
    let addr = loopback(port);
    let free = syscall!(bind(s, (&raw const addr).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32), PartialEq::eq, SOCKET_ERROR).is_ok();
    unsafe { closesocket(s) }; //~ unchecked_close
    Ok(free)
}
