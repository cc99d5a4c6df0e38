//! windows crate: the closure of `map` holds the guard during the lookup.

use windows::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};
use windows::core::{Error, HRESULT, Result};

pub struct Winsock;

impl Winsock {
    pub fn start() -> Result<Winsock> {
        let mut data = WSADATA::default();
        match unsafe { WSAStartup(0x0202, &mut data) } {
            0 => Ok(Winsock),
            code => Err(Error::from_hresult(HRESULT::from_win32(code as u32))),
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

pub fn has_host_name() -> Result<bool> {
    let mut name = [0u8; 256];
    let started = Winsock::start();
    started.map(|_winsock| unsafe { gethostname(&mut name) } == 0)
}
