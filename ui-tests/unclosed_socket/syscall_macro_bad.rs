//! mio's shape: `syscall!` on ioctlsocket returns with `?` and leaks.

use std::io;
use windows_sys::Win32::Networking::WinSock::{FIONBIO, INVALID_SOCKET, ioctlsocket, SOCKET, socket};

macro_rules! syscall {
    ($fn: ident ( $($arg: expr),* $(,)* ), $err_test: path, $err_value: expr) => {{
        let res = unsafe { $fn($($arg, )*) };
        if $err_test(&res, &$err_value) {
            Err(io::Error::last_os_error())
        } else {
            Ok(res)
        }
    }};
}

pub fn new_socket(domain: u16, socket_type: i32) -> io::Result<SOCKET> {
    let socket = syscall!(socket(domain as i32, socket_type, 0), PartialEq::eq, INVALID_SOCKET)?; //~ unclosed_socket
    let mut nonblocking: u32 = 1;
    syscall!(ioctlsocket(socket, FIONBIO, &mut nonblocking), PartialEq::ne, 0)?;
    Ok(socket)
}
