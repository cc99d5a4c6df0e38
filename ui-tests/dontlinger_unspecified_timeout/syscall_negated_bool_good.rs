//! The linger timeout is set through the syscall! macro before SO_DONTLINGER is cleared.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET6, INVALID_SOCKET, IPPROTO_TCP, LINGER, SO_DONTLINGER, SO_LINGER, SOCK_STREAM, SOCKET, SOL_SOCKET, WSA_FLAG_NO_HANDLE_INHERIT,
    WSA_FLAG_OVERLAPPED, WSASocketW, closesocket, setsockopt,
};

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $cmp:path, $failed:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if $cmp(&res, &$failed) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

pub const LINGERS: bool = true;
pub const LINGER_TIME: LINGER = LINGER { l_onoff: LINGERS as u16, l_linger: 10 };

pub fn new_stream() -> io::Result<SOCKET> {
    let flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
    let s = syscall!(
        WSASocketW(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP, std::ptr::null(), 0, flags),
        PartialEq::eq,
        INVALID_SOCKET
    )?;
    let time: *const u8 = std::ptr::from_ref(&LINGER_TIME).cast();
    let timed = syscall!(setsockopt(s, SOL_SOCKET, SO_LINGER, time, size_of::<LINGER>() as i32), PartialEq::ne, 0);
    let dont = u32::from(!LINGERS);
    let at: *const u8 = (&raw const dont).cast();
    match timed.and_then(|_| syscall!(setsockopt(s, SOL_SOCKET, SO_DONTLINGER, at, 4), PartialEq::ne, 0)) {
        Ok(_) => Ok(s),
        Err(e) => {
            let _ = syscall!(closesocket(s), PartialEq::ne, 0);
            Err(e)
        }
    }
}
