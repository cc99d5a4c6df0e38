//! The closure that fills the OnceLock keeps the code that WSAStartup returned.

use std::io;
use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};

static STARTED: OnceLock<Result<(), i32>> = OnceLock::new();

pub fn ensure_started() -> io::Result<()> {
    STARTED
        .get_or_init(|| unsafe {
            let mut data: WSADATA = std::mem::zeroed();
            let code = WSAStartup(0x202, &mut data);
            if code != 0 {
                return Err(code);
            }
            Ok(())
        })
        .map_err(io::Error::from_raw_os_error)
}
