//! `syscall!` takes the failure value from its first word; both shapes are right.

use std::io;
use windows_sys::Win32::Foundation::{HANDLE, HANDLE_FLAG_INHERIT, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, FIONBIO, INVALID_SOCKET, ioctlsocket, IPPROTO_TCP, SOCK_STREAM, SOCKET, socket, SOCKET_ERROR};

macro_rules! syscall {
    (BOOL, $e:expr) => { syscall!(@ $e, 0) };
    (SOCKET, $e:expr) => { syscall!(@ $e, SOCKET_ERROR) };
    (NEW, $e:expr) => { syscall!(@ $e, INVALID_SOCKET) };
    (@ $e:expr, $failure:expr) => {{
        #[allow(unused_unsafe)]
        let res = unsafe { $e };
        if res == $failure { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

fn configure(s: SOCKET) -> io::Result<()> {
    let mut on = 1;
    syscall!(SOCKET, ioctlsocket(s, FIONBIO, &mut on))?;
    syscall!(BOOL, SetHandleInformation(s as HANDLE, HANDLE_FLAG_INHERIT, 0))?;
    Ok(())
}

pub fn open() -> io::Result<SOCKET> {
    let s = syscall!(NEW, socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP))?;
    configure(s).inspect_err(|_| {
        let _ = syscall!(SOCKET, closesocket(s));
    })?;
    Ok(s)
}
