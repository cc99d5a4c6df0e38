//! `Ok(_)` does not move the guard: it lives in the scrutinee until the body ends.

use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

struct Winsock;

impl Winsock {
    fn start() -> Result<Winsock, i32> {
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

pub fn host_name(name: &mut [u8; 256]) -> bool {
    if let Ok(_) = Winsock::start() {
        unsafe { gethostname(name.as_mut_ptr(), 256) == 0 }
    } else {
        false
    }
}

pub fn host_name_or_code(name: &mut [u8; 256]) -> Result<bool, i32> {
    match Winsock::start() {
        Ok(_) => Ok(unsafe { gethostname(name.as_mut_ptr(), 256) } == 0),
        Err(code) => Err(code),
    }
}
