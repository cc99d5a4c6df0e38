//! The OnceLock that starts Winsock is asked only after the first call.

use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup, gethostname};

/// WSAStartup's code; Winsock stays started to the end of the process.
static STARTED: OnceLock<i32> = OnceLock::new();

fn winsock() -> Result<(), i32> {
    let code = *STARTED.get_or_init(|| {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        unsafe { WSAStartup(0x202, &mut data) }
    });
    if code == 0 { Ok(()) } else { Err(code) }
}

fn main() -> Result<(), i32> {
    let mut name = [0u8; 256];
    let res = unsafe { gethostname(name.as_mut_ptr(), name.len() as i32) }; //~ winsock_not_started
    winsock()?;
    if res == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    Ok(())
}
