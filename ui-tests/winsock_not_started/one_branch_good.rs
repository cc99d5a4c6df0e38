//! Winsock is started unless the program is offline, and the host name is asked for where it is.

use std::process::ExitCode;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup, gethostname};

fn main() -> ExitCode {
    let offline = std::env::args().any(|arg| arg == "--offline");
    let mut name = [0u8; 256];
    let mut res = -1;
    if !offline {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        if unsafe { WSAStartup(0x202, &mut data) } != 0 {
            return ExitCode::FAILURE;
        }
        res = unsafe { gethostname(name.as_mut_ptr(), 256) };
    }
    if res == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    ExitCode::SUCCESS
}
