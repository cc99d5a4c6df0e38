//! An AtomicBool pairs start-up and cleanup; the host name is asked for between the two.

use std::sync::atomic::{AtomicBool, Ordering};
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

static STARTED: AtomicBool = AtomicBool::new(false);

fn init() -> Result<(), i32> {
    if !STARTED.swap(true, Ordering::SeqCst) {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(0x202, &mut data) };
        if code != 0 {
            STARTED.store(false, Ordering::SeqCst);
            return Err(code);
        }
    }
    Ok(())
}

fn done() {
    if STARTED.swap(false, Ordering::SeqCst) {
        unsafe { WSACleanup() };
    }
}

fn main() -> Result<(), i32> {
    let mut name = [0u8; 256];
    init()?;
    let res = unsafe { gethostname(name.as_mut_ptr(), 256) };
    done();
    if res == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    Ok(())
}
