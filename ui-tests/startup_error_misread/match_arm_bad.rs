//! winapi: the failing arm of the match throws the code away and asks WSAGetLastError.

use winapi::um::winsock2::*;

pub struct Winsock {
    pub max_datagram: u16,
}

impl Winsock {
    pub fn new() -> Result<Winsock, i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { WSAStartup(0x0202, &mut data) } {
            0 => Ok(Winsock { max_datagram: data.iMaxUdpDg }),
            _ => Err(unsafe { WSAGetLastError() }), //~ startup_error_misread
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}
