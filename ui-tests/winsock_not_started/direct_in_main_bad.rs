//! main asks for the host name before it calls WSAStartup.

use windows_sys::Win32::Networking::WinSock::{gethostname, WSACleanup, WSADATA, WSAStartup};

fn main() {
    let mut name = [0u8; 256];
    let known = unsafe { gethostname(name.as_mut_ptr(), 256) } == 0; //~ winsock_not_started
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 {
        return;
    }
    if known {
        println!("{}", String::from_utf8_lossy(&name));
    }
    unsafe { WSACleanup() };
}
