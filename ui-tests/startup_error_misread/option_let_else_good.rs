//! The guard's constructor returns the code, and its caller makes the error of it.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

struct Winsock;

impl Winsock {
    fn try_start() -> Result<Winsock, i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => Ok(Winsock),
            code => Err(code),
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

pub fn host_name(name: &mut [u8]) -> io::Result<()> {
    let _winsock = match Winsock::try_start() {
        Ok(winsock) => winsock,
        Err(code) => return Err(io::Error::from_raw_os_error(code)),
    };
    if unsafe { gethostname(name.as_mut_ptr(), name.len() as i32) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
