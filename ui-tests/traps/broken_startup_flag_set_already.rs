//! The second `init` skips WSAStartup because the first has called it.

use std::sync::atomic::{AtomicBool, Ordering};
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup, gethostname};

static STARTED: AtomicBool = AtomicBool::new(false);

fn init() -> Result<(), i32> {
    if STARTED.load(Ordering::Acquire) {
        return Ok(());
    }
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    match unsafe { WSAStartup(0x202, &mut data) } {
        0 => STARTED.store(true, Ordering::Release),
        code => return Err(code),
    }
    Ok(())
}

fn print_host_name() -> Result<(), i32> {
    init()?;
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    Ok(())
}

fn main() -> Result<(), i32> {
    print_host_name()?;
    print_host_name()
}
