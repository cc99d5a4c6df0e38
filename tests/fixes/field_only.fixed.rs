use std::io;
use std::task::Poll;
use windows_sys::Win32::Foundation::{CloseHandle, GetLastError, HANDLE};
use windows_sys::Win32::Networking::WinSock::*;
fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR {
        Err(io::Error::last_os_error())
    } else {
        Ok(r)
    }
}
fn opt(r: i32) -> Option<i32> {
    if r == SOCKET_ERROR { None } else { Some(r) }
}

struct Sock { fd: SOCKET, n: i32 }
impl Sock {
    fn new(a: *const SOCKADDR) -> io::Result<Self> {
        let me = Sock { fd: unsafe { socket(2, 1, 6) }, n: 0 };
        if me.fd == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        cvt(unsafe { bind(me.fd, a, 16) }).map_err(|error| {
            unsafe { closesocket(me.fd) };
            error
        })?;
        Ok(me)
    }
}
