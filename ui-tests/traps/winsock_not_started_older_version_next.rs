//! The first WSAStartup failed, the second, for an older version, did not.

use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

fn main() {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 && unsafe { WSAStartup(0x101, &mut data) } != 0 {
        eprintln!("no Winsock");
        return;
    }
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    unsafe { WSACleanup() };
}
