//! `syscall!(f(..), VALUE)`: u32::MAX is not the failure of socket on 64 bits.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $err:expr) => {{
        #[allow(unused_unsafe)]
        let res = unsafe { ws::$fn($($arg),*) };
        if res == $err {
            Err(io::Error::from_raw_os_error(unsafe { ws::WSAGetLastError() }))
        } else {
            Ok(res)
        }
    }};
}

pub fn raw_icmp() -> io::Result<ws::SOCKET> {
    let s = syscall!(socket(ws::AF_INET as i32, ws::SOCK_RAW, ws::IPPROTO_ICMP), u32::MAX as usize)?; //~ wrong_sentinel
    let on = 1u32;
    syscall!(setsockopt(s, ws::IPPROTO_IP, ws::IP_HDRINCL, (&raw const on).cast(), 4), ws::SOCKET_ERROR)
        .inspect_err(|_| {
            unsafe { ws::closesocket(s) };
        })?;
    Ok(s)
}
