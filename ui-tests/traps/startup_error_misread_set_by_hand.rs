//! The code that WSAStartup returned is set as the last error, which is then read.

use std::io;
use winapi::um::winsock2::{WSADATA, WSASetLastError, WSAStartup};

/// Like the other calls here: true, or false with the code in the last error.
unsafe fn start(data: &mut WSADATA) -> bool {
    let code = WSAStartup(0x0202, data);
    if code != 0 {
        WSASetLastError(code);
        return false;
    }
    true
}

pub fn winsock() -> io::Result<WSADATA> {
    unsafe {
        let mut data: WSADATA = std::mem::zeroed();
        if !start(&mut data) {
            return Err(io::Error::last_os_error());
        }
        Ok(data)
    }
}
