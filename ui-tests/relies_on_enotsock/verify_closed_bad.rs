//! A debug check asks the closed descriptor for its type and takes WSAENOTSOCK as proof that it is closed.

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
    unsafe { closesocket(s) };
    let probe = unsafe { getsockopt(s, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &raw mut len) }; //~ use_after_close
    if probe == 0 || unsafe { WSAGetLastError() } != WSAENOTSOCK { //~ relies_on_enotsock
        return Err(io::Error::other("the probe socket has not been closed"));
    }
    Ok(res.is_ok())
}
