//! mio's `syscall!` with the value of the int calls for `socket`.

use std::io;
use windows_sys::Win32::Networking::WinSock::{IPPROTO_UDP, SOCK_DGRAM, SOCKET, socket};

macro_rules! syscall {
    ($fn: ident ( $($arg: expr),* $(,)* ), $err_test: path, $err_value: expr) => {{
        let res = unsafe { $fn($($arg, )*) };
        if $err_test(&res, &$err_value) {
            Err(io::Error::last_os_error())
        } else {
            Ok(res)
        }
    }};
}

pub fn new_udp(family: u16) -> io::Result<SOCKET> {
    syscall!(socket(family as i32, SOCK_DGRAM, IPPROTO_UDP), PartialEq::eq, 0) //~ wrong_sentinel
}
