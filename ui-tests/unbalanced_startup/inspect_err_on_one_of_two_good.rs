//! inspect_err cleans up before each `?`.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

fn check(code: i32) -> io::Result<()> {
    if code == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

pub fn host_name() -> io::Result<String> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(io::Error::from_raw_os_error(code));
    }
    let mut name = vec![0u8; 256];
    check(unsafe { gethostname(name.as_mut_ptr(), 256) }).inspect_err(|_| {
        unsafe { WSACleanup() };
    })?;
    name.retain(|&b| b != 0);
    let text = String::from_utf8(name).map_err(io::Error::other).inspect_err(|_| {
        unsafe { WSACleanup() };
    })?;
    unsafe { WSACleanup() };
    Ok(text)
}
