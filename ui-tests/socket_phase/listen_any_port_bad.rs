//! listen without bind, which on Winsock does not choose a port by itself.

use std::io;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM};
use winapi::um::winsock2::{closesocket, INVALID_SOCKET, listen, setsockopt, SO_EXCLUSIVEADDRUSE, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

macro_rules! syscall {
    ($fn:ident($($arg:expr),* $(,)?), $err:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if res == $err { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

pub fn data_port(backlog: i32) -> io::Result<SOCKET> {
    let s = syscall!(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET)?;
    let on = 1i32;
    let ready = syscall!(setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (&raw const on).cast(), 4), SOCKET_ERROR)
        .and_then(|_| syscall!(listen(s, backlog), SOCKET_ERROR)); //~ socket_phase
    match ready {
        Ok(_) => Ok(s),
        Err(err) => {
            unsafe { closesocket(s) };
            Err(err)
        }
    }
}
