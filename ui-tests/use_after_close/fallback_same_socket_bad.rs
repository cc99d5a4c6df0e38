//! After a refused connect the socket is closed, and the fallback address is tried on the same descriptor.

use std::io;
use winapi::shared::ws2def::{AF_INET, IPPROTO_TCP, SOCKADDR, SOCKADDR_IN};
use winapi::um::winsock2::{INVALID_SOCKET, SOCK_STREAM, SOCKET, SOCKET_ERROR, closesocket, connect, socket};

const REFUSED: i32 = winapi::shared::winerror::WSAECONNREFUSED as i32;

macro_rules! syscall {
    ($fn:ident($($arg:expr),* $(,)?), $failed:expr) => {{
        let rc = unsafe { $fn($($arg),*) };
        if rc == $failed { Err(io::Error::last_os_error()) } else { Ok(rc) }
    }};
}

pub struct Target {
    pub primary: SOCKADDR_IN,
    pub fallback: Option<SOCKADDR_IN>,
}

fn name(addr: &SOCKADDR_IN) -> *const SOCKADDR {
    addr as *const SOCKADDR_IN as *const SOCKADDR
}

pub fn dial(to: &Target) -> io::Result<SOCKET> {
    let len = size_of::<SOCKADDR_IN>() as i32;
    let s = syscall!(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP as i32), INVALID_SOCKET)?;
    let Err(err) = syscall!(connect(s, name(&to.primary), len), SOCKET_ERROR) else {
        return Ok(s);
    };
    // A socket whose connect failed is of no use any more.
    unsafe { closesocket(s) };
    let Some(other) = &to.fallback else { return Err(err) };
    if err.raw_os_error() != Some(REFUSED) {
        return Err(err);
    }
    syscall!(connect(s, name(other), len), SOCKET_ERROR)?; //~ use_after_close
    Ok(s)
}
