//! The closure that fills the OnceLock keeps the last error of a failed WSAStartup.

use std::io;
use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAGetLastError, WSAStartup};

static STARTED: OnceLock<Result<(), i32>> = OnceLock::new();

pub fn ensure_started() -> io::Result<()> {
    STARTED
        .get_or_init(|| unsafe {
            let mut data: WSADATA = std::mem::zeroed();
            if WSAStartup(0x202, &mut data) != 0 {
                return Err(WSAGetLastError()); //~ startup_error_misread
            }
            Ok(())
        })
        .map_err(io::Error::from_raw_os_error)
}
