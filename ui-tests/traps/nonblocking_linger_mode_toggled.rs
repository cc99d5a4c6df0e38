//! Nonblocking only for the length of the connect; the lingering close is on a blocking socket.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    FD_SET, FIONBIO, LINGER, SO_LINGER, SOCKADDR, SOCKADDR_IN, SOCKET, SOL_SOCKET, TIMEVAL, WSAEWOULDBLOCK, WSAGetLastError, closesocket, connect,
    ioctlsocket, select, setsockopt,
};

fn blocking(s: SOCKET, yes: bool) {
    let mut mode = if yes { 0 } else { 1 };
    unsafe { ioctlsocket(s, FIONBIO, &mut mode) };
}

fn connect_timeout(s: SOCKET, addr: &SOCKADDR_IN, secs: i32) -> io::Result<()> {
    blocking(s, false);
    let rc = unsafe { connect(s, (&raw const *addr).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) };
    let code = if rc == 0 { 0 } else { unsafe { WSAGetLastError() } };
    let mut writable = FD_SET { fd_count: 1, fd_array: [0; 64] };
    writable.fd_array[0] = s;
    let timeout = TIMEVAL { tv_sec: secs, tv_usec: 0 };
    let ready = match code {
        0 => 1,
        WSAEWOULDBLOCK => unsafe { select(0, std::ptr::null_mut(), &mut writable, std::ptr::null_mut(), &timeout) },
        _ => 0,
    };
    blocking(s, true);
    if ready == 1 { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
}

/// Closes the caller's fresh socket in any case.
pub fn touch(s: SOCKET, addr: &SOCKADDR_IN) -> io::Result<()> {
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32) };
    let result = connect_timeout(s, addr, 3);
    unsafe { closesocket(s) };
    result
}
