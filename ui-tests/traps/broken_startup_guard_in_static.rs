//! `start` returns nothing, but its guard lives on in a static.

use std::sync::Mutex;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

struct Winsock;

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

static GUARD: Mutex<Option<Winsock>> = Mutex::new(None);

fn start() -> Result<(), i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(code);
    }
    *GUARD.lock().unwrap() = Some(Winsock);
    Ok(())
}

fn main() -> Result<(), i32> {
    start()?;
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    Ok(())
}
