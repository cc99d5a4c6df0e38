//! The helper hands the code out, and main prints it.

use std::process::exit;
use windows_sys::Win32::Networking::WinSock::*;

fn start() -> i32 {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    unsafe { WSAStartup(0x202, &mut data) }
}

fn main() {
    let code = start();
    if code != 0 {
        eprintln!("no Winsock: {}", std::io::Error::from_raw_os_error(code));
        exit(1);
    }
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    unsafe { WSACleanup() };
}
