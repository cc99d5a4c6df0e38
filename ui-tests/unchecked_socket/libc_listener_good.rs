//! libc on Windows: `match` sorts the failure out before `bind`.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket};

pub fn bound(addr: *const libc::sockaddr, len: libc::c_int) -> io::Result<OwnedSocket> {
    let raw = match unsafe { libc::socket(2, 1, 6) } {
        libc::SOCKET::MAX => return Err(io::Error::last_os_error()),
        raw => raw,
    };
    let bound = unsafe { libc::bind(raw, addr, len) };
    let err = io::Error::last_os_error();
    let owned = unsafe { OwnedSocket::from_raw_socket(raw as _) };
    if bound == 0 { Ok(owned) } else { Err(err) }
}
