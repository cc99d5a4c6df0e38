//! `then_some` drops the code, and the path given to ok_or_else reads the last error.

use std::io;
use windows_sys::Win32::Networking::WinSock::{self as c, WSACleanup, WSADATA};

pub struct Token;

impl Drop for Token {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

pub fn token() -> io::Result<Token> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { c::WSAStartup(0x202, &raw mut data) };
    (code == 0)
        .then(|| Token)
        .ok_or_else(io::Error::last_os_error) //~ startup_error_misread
}
