//! The message of the assertion prints the code that WSAStartup returned.

use std::sync::Once;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};

static START: Once = Once::new();

pub fn init() {
    START.call_once(|| {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let res = unsafe { WSAStartup(0x202, &mut data) };
        assert!(res == 0, "WSAStartup: {}", std::io::Error::from_raw_os_error(res));
    });
}
