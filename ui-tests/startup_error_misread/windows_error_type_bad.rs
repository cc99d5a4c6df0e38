//! The error type's From for the last error is used for a WSAStartup that failed.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT};

#[derive(Debug)]
pub enum NetError {
    Startup(Error),
    Version(u16),
    Call(&'static str, Error),
}

fn to_error(code: WSA_ERROR) -> Error {
    Error::from_hresult(HRESULT::from_win32(code.0 as u32))
}

pub struct Winsock {
    version: u16,
}

impl Winsock {
    pub fn new() -> Result<Winsock, NetError> {
        let mut data = WSADATA::default();
        let status = unsafe { WSAStartup(0x0202, &raw mut data) };
        if status != 0 {
            let error = to_error(unsafe { WSAGetLastError() }); //~ startup_error_misread
            return Err(NetError::Startup(error));
        }
        let winsock = Winsock { version: data.wVersion };
        if winsock.version != 0x0202 {
            return Err(NetError::Version(winsock.version));
        }
        Ok(winsock)
    }

    pub fn host_name(&self) -> Result<Vec<u8>, NetError> {
        let mut name = vec![0u8; 256];
        if unsafe { gethostname(&mut name) } == SOCKET_ERROR {
            return Err(NetError::Call("gethostname", to_error(unsafe { WSAGetLastError() })));
        }
        Ok(name)
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}
