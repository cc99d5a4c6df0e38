//! main calls WSAStartup and then asks for the host name.

use windows_sys::Win32::Networking::WinSock::{gethostname, WSACleanup, WSADATA, WSAStartup};

fn main() {
    let mut name = [0u8; 256];
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 {
        return;
    }
    let known = unsafe { gethostname(name.as_mut_ptr(), 256) } == 0;
    if known {
        println!("{}", String::from_utf8_lossy(&name));
    }
    unsafe { WSACleanup() };
}
