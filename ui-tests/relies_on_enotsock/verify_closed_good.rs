//! A descriptor is asked for its type while it is open; whether it is closed is told by the result of closesocket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET6, INVALID_SOCKET, IPPROTO_UDP, IPPROTO_IPV6, IPV6_V6ONLY, SO_TYPE, SOCK_DGRAM, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError,
    closesocket, getsockopt, setsockopt, socket,
};

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $failure:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if res == $failure { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

/// Whether a dual-stack datagram socket can be had.
pub fn dual_stack() -> io::Result<bool> {
    let s = syscall!(socket(AF_INET6 as i32, SOCK_DGRAM, IPPROTO_UDP), INVALID_SOCKET)?;
    let off = 0i32;
    let res = syscall!(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (&raw const off).cast(), 4), -1);
    let (mut kind, mut len) = (0i32, 4i32);
    let probe = unsafe { getsockopt(s, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &raw mut len) };
    let not_a_socket = probe != 0 && unsafe { WSAGetLastError() } == WSAENOTSOCK;
    debug_assert!(!not_a_socket && kind == SOCK_DGRAM);
    if unsafe { closesocket(s) } != 0 {
        return Err(io::Error::other("the probe socket has not been closed"));
    }
    Ok(res.is_ok())
}
