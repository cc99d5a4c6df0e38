//! A failed WSAStartup returns its code.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};

static STARTED: AtomicBool = AtomicBool::new(false);

pub fn init() -> io::Result<()> {
    if STARTED.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let res = unsafe { WSAStartup(0x0202, &mut data) };
    if res != 0 {
        STARTED.store(false, Ordering::SeqCst);
        return Err(io::Error::from_raw_os_error(res));
    }
    Ok(())
}
