//! winapi: the closure that maps the error of WSAStartup calls WSACleanup.

use std::io;
use winapi::shared::minwindef::MAKEWORD;
use winapi::um::winsock2::{WSACleanup, WSADATA, WSAStartup};

fn check(code: i32) -> Result<(), i32> {
    if code == 0 { Ok(()) } else { Err(code) }
}

pub fn with_winsock<T>(run: impl FnOnce() -> T) -> io::Result<T> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    check(unsafe { WSAStartup(MAKEWORD(2, 2), &mut data) }).map_err(|code| {
        unsafe { WSACleanup() }; //~ winsock_not_started
        io::Error::from_raw_os_error(code)
    })?;
    let result = run();
    unsafe { WSACleanup() };
    Ok(result)
}
