//! `syscall!(f(..), PartialEq::ne, 0)` as closer of the socket, once.

use std::io;
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

macro_rules! syscall {
    ($fn: ident ( $($arg: expr),* ), $err_test: path, $err_value: expr) => {{
        let res = unsafe { WinSock::$fn($($arg),*) };
        if $err_test(&res, &$err_value) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

pub fn stop(s: SOCKET) -> io::Result<()> {
    if let Err(e) = syscall!(shutdown(s, WinSock::SD_BOTH), PartialEq::ne, 0) {
        let _ = syscall!(closesocket(s), PartialEq::ne, 0);
        return Err(e);
    }
    syscall!(closesocket(s), PartialEq::ne, 0).map(drop)
}
