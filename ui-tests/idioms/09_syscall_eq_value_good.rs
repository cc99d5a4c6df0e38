//! `syscall!(f(..), PartialEq::ne, 0)`: everything but 0 is the failure of bind.

use std::io;
use windows_sys::Win32::Networking::WinSock::{accept, bind, INVALID_SOCKET, SOCKADDR_STORAGE, SOCKET};

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

pub fn bind_to(s: SOCKET, addr: &SOCKADDR_STORAGE) -> io::Result<()> {
    let len = size_of::<SOCKADDR_STORAGE>() as i32;
    syscall!(bind(s, std::ptr::from_ref(addr).cast(), len), PartialEq::ne, 0)?;
    Ok(())
}

pub fn accept_from(s: SOCKET) -> io::Result<SOCKET> {
    syscall!(accept(s, std::ptr::null_mut(), std::ptr::null_mut()), PartialEq::eq, INVALID_SOCKET)
}
