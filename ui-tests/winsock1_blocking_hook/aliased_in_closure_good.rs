//! The socket is made nonblocking, so that no slow connect needs to be ended.

use std::io;
use windows_sys::Win32::Networking::WinSock::{FIONBIO, SOCKET, ioctlsocket as ioctl};

pub fn before_connect(s: SOCKET, wait: bool) -> io::Result<()> {
    let mut on = 1u32;
    match (!wait).then(|| unsafe { ioctl(s, FIONBIO, &mut on) }) {
        Some(0) => eprintln!("connect on {s} will not wait"),
        Some(_) => return Err(io::Error::last_os_error()),
        None => {}
    }
    Ok(())
}
