//! Two bindings of one name, and two closes of it, of which every target has one.

use std::io;

#[cfg(windows)]
use windows_sys::Win32::Networking::WinSock as sys;

#[cfg(windows)]
type Raw = sys::SOCKET;
#[cfg(unix)]
type Raw = libc::c_int;

fn close(s: Raw) {
    #[cfg(windows)]
    unsafe {
        sys::closesocket(s);
    }
    #[cfg(unix)]
    unsafe {
        libc::close(s);
    }
}

pub fn has_ipv6() -> io::Result<bool> {
    #[cfg(windows)]
    let s = unsafe { sys::socket(sys::AF_INET6 as i32, sys::SOCK_DGRAM, 0) };
    #[cfg(unix)]
    let s = unsafe { libc::socket(libc::AF_INET6, libc::SOCK_DGRAM, 0) };

    #[cfg(windows)]
    let failed = s == sys::INVALID_SOCKET;
    #[cfg(unix)]
    let failed = s == -1;

    if failed {
        return Ok(false);
    }
    close(s);
    Ok(true)
}
