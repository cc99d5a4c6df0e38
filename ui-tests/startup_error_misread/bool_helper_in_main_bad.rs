//! The helper says only yes or no, and main prints the last error.

use std::process::exit;
use windows_sys::Win32::Networking::WinSock::*;

fn start() -> bool {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    unsafe { WSAStartup(0x202, &mut data) == 0 }
}

fn main() {
    if !start() {
        eprintln!("no Winsock: {}", std::io::Error::last_os_error()); //~ startup_error_misread
        exit(1);
    }
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    unsafe { WSACleanup() };
}
