//! A `syscall!` macro looks at the result of closesocket, and its caller hands the error on.

use std::io;
use winapi::um::winsock2::{closesocket, SOCKET, SOCKET_ERROR};

macro_rules! syscall {
    ($fn:ident($($arg:expr),*), $test:path, $value:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if $test(&res, &$value) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

pub fn close(s: SOCKET) -> io::Result<()> {
    syscall!(closesocket(s), PartialEq::eq, SOCKET_ERROR).map(|_| ())
}

pub fn close_both(a: SOCKET, b: SOCKET) -> io::Result<()> {
    let first = close(a);
    close(b).and(first)
}
