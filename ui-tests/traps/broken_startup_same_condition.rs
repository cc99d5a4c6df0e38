//! Started under a condition, used and cleaned up under the same one.

use std::env;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

fn main() {
    let online = env::args().any(|arg| arg == "--online");
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if online && unsafe { WSAStartup(0x202, &mut data) } != 0 {
        return;
    }
    println!("online: {online}");
    let mut name = [0u8; 256];
    if online && unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    if online {
        unsafe { WSACleanup() };
    }
}
