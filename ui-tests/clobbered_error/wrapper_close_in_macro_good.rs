//! A `fail!` macro asks for the code of the failed call before it closes through the wrapper.

mod c {
    pub use winapi::shared::ws2def::{AF_INET, SOCKADDR, SOCKADDR_IN};
    pub use winapi::um::winsock2::{
        INVALID_SOCKET, SOCK_STREAM, SOCKET, SOCKET_ERROR, WSAGetLastError, bind, listen, socket,
    };

    pub unsafe fn close(s: SOCKET) -> i32 {
        unsafe { winapi::um::winsock2::closesocket(s) }
    }
}

#[derive(Debug)]
pub struct SocketError {
    pub call: &'static str,
    pub code: i32,
}

macro_rules! fail {
    ($socket:expr, $call:literal) => {{
        let code = c::WSAGetLastError();
        c::close($socket);
        return Err(SocketError { call: $call, code });
    }};
}

/// A bound socket that does not listen yet.
pub unsafe fn bound(addr: &c::SOCKADDR_IN) -> Result<c::SOCKET, SocketError> {
    let s = c::socket(c::AF_INET, c::SOCK_STREAM, 0);
    if s == c::INVALID_SOCKET {
        return Err(SocketError { call: "socket", code: c::WSAGetLastError() });
    }
    let len = size_of::<c::SOCKADDR_IN>() as i32;
    if c::bind(s, addr as *const c::SOCKADDR_IN as *const c::SOCKADDR, len) == c::SOCKET_ERROR {
        fail!(s, "bind");
    }
    Ok(s)
}

/// Makes a bound socket listen; the caller keeps it.
pub unsafe fn start(s: c::SOCKET) -> Result<(), SocketError> {
    match c::listen(s, 128) {
        c::SOCKET_ERROR => Err(SocketError { call: "listen", code: c::WSAGetLastError() }),
        _ => Ok(()),
    }
}
