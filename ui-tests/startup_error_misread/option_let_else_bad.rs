//! The guard's constructor returns an Option, and its caller reads the last error for it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

struct Winsock;

impl Winsock {
    fn try_start() -> Option<Winsock> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => Some(Winsock),
            _ => None,
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

pub fn host_name(name: &mut [u8]) -> io::Result<()> {
    let Some(_winsock) = Winsock::try_start() else {
        return Err(io::Error::last_os_error()); //~ startup_error_misread
    };
    if unsafe { gethostname(name.as_mut_ptr(), name.len() as i32) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
