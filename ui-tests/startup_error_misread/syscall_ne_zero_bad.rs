//! `syscall!(.., PartialEq::ne, 0)` around WSAStartup reports whatever error the thread had last.

use std::io;

mod sys {
    pub use windows_sys::Win32::Networking::WinSock::{
        AF_INET6, INVALID_SOCKET, IPPROTO_IPV6, IPV6_V6ONLY, SOCK_DGRAM, SOCKET, WSACleanup, WSADATA, WSAStartup,
        closesocket, setsockopt, socket,
    };
}
use sys::*;

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $cmp:path, $failed:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if $cmp(&res, &$failed) {
            Err(io::Error::last_os_error())
        } else {
            Ok(res)
        }
    }};
}

fn start() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    syscall!(WSAStartup(0x0202, &mut data), PartialEq::ne, 0)?; //~ startup_error_misread
    Ok(())
}

fn probe() -> io::Result<()> {
    let s = syscall!(socket(AF_INET6 as i32, SOCK_DGRAM, 0), PartialEq::eq, INVALID_SOCKET)?;
    let off = 0u32;
    let res = syscall!(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (&raw const off).cast(), 4), PartialEq::ne, 0);
    syscall!(closesocket(s), PartialEq::ne, 0)?;
    res.map(drop)
}

pub fn dual_stack() -> io::Result<bool> {
    start()?;
    let res = probe();
    syscall!(WSACleanup(), PartialEq::ne, 0)?;
    Ok(res.is_ok())
}
