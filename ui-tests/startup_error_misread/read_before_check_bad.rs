//! The last error is read right after WSAStartup and reported when the start-up turns out to have failed.

use winapi::um::winsock2::{WSADATA, WSAGetLastError, WSAStartup};

pub struct StartError {
    pub wanted: u16,
    pub code: i32,
}

pub unsafe fn start(wanted: u16) -> Result<u16, StartError> {
    let mut data: WSADATA = std::mem::zeroed();
    let status = WSAStartup(wanted, &mut data);
    let code = WSAGetLastError(); //~ startup_error_misread
    let failed = status != 0;
    if failed {
        return Err(StartError { wanted, code });
    }
    Ok(data.wVersion)
}
