//! The second accept is called on the socket that the first one returned.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, accept, closesocket};

fn cvt_socket(s: SOCKET) -> io::Result<SOCKET> {
    use windows_sys::Win32::Networking::WinSock::INVALID_SOCKET;
    if s == INVALID_SOCKET { Err(io::Error::last_os_error()) } else { Ok(s) }
}

pub fn control_and_data(listener: SOCKET) -> io::Result<[SOCKET; 2]> {
    let control = cvt_socket(unsafe { accept(listener, null_mut(), null_mut()) })?;
    let data = cvt_socket(unsafe { accept(control, null_mut(), null_mut()) }).map_err(|err| { //~ socket_phase
        unsafe { closesocket(control) };
        err
    })?;
    Ok([control, data])
}
