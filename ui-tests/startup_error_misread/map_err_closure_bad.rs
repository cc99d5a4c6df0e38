//! The closure of map_err asks for the last error where the code is already in its hand.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

fn nonzero_is_error(code: i32) -> Result<(), i32> {
    if code == 0 { Ok(()) } else { Err(code) }
}

pub fn with_winsock<T>(body: impl FnOnce(&ws::WSADATA) -> T) -> io::Result<T> {
    let mut data = ws::WSADATA::default();
    nonzero_is_error(unsafe { ws::WSAStartup(0x0202, &mut data) }).map_err(|_code| {
        io::Error::last_os_error() //~ startup_error_misread
    })?;
    let value = body(&data);
    unsafe { ws::WSACleanup() };
    Ok(value)
}
