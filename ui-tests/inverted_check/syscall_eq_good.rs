//! mio's `syscall!` with `ne` and 0.

use std::io;
use windows_sys::Win32::Networking::WinSock::{FIONBIO, ioctlsocket, SOCKET};

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

pub(crate) fn set_nonblocking(s: SOCKET) -> io::Result<()> {
    let mut on = 1u32;
    syscall!(ioctlsocket(s, FIONBIO, &mut on), PartialEq::ne, 0)?;
    Ok(())
}
