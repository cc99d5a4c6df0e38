//! Statements under cfg: the error path closes on Unix alone.

use std::io;
#[cfg(windows)]
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, setsockopt, SO_BROADCAST, SOCK_DGRAM, SOCKET, socket, SOL_SOCKET};

#[cfg(windows)]
pub type Fd = SOCKET;
#[cfg(unix)]
pub type Fd = libc::c_int;

pub fn open_broadcast() -> io::Result<Fd> {
    #[cfg(windows)]
    let fd = unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) }; //~ unclosed_socket
    #[cfg(unix)]
    let fd = unsafe { libc::socket(libc::AF_INET, libc::SOCK_DGRAM, 0) };

    #[cfg(windows)]
    let failed = fd == INVALID_SOCKET;
    #[cfg(unix)]
    let failed = fd < 0;
    if failed {
        return Err(io::Error::last_os_error());
    }

    let on: i32 = 1;
    #[cfg(windows)]
    let res = unsafe { setsockopt(fd, SOL_SOCKET, SO_BROADCAST, (&raw const on).cast(), 4) };
    #[cfg(unix)]
    let res = unsafe { libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_BROADCAST, (&raw const on).cast(), 4) };
    if res != 0 {
        let err = io::Error::last_os_error();
        #[cfg(unix)]
        unsafe {
            libc::close(fd);
        }
        return Err(err);
    }
    Ok(fd)
}
