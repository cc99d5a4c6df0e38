//! A failed WSAStartup is logged, and the function goes on.

use windows_sys::Win32::Networking::WinSock as sock;

fn main() {
    let mut data: sock::WSADATA = unsafe { std::mem::zeroed() };
    let rc = unsafe { sock::WSAStartup(0x202, &mut data) };
    if rc != 0 {
        eprintln!("WSAStartup failed: {rc}");
    }
    let mut name = [0u8; 128];
    let rc = unsafe { sock::gethostname(name.as_mut_ptr(), name.len() as i32) }; //~ winsock_not_started
    match rc {
        0 => println!("{}", String::from_utf8_lossy(&name)),
        _ => eprintln!("no host name"),
    }
}
