//! The fatal path ends the process, and its start-ups with it.

use std::process;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

fn fatal(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(2)
}

pub fn print_host_name() {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 {
        fatal("no Winsock");
    }
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } != 0 {
        fatal("no host name");
    }
    println!("{}", String::from_utf8_lossy(&name));
    unsafe { WSACleanup() };
}
