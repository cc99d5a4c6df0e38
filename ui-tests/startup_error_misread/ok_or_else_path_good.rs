//! The closure given to ok_or_else makes the error of the returned code.

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
        .ok_or_else(|| io::Error::from_raw_os_error(code))
}
