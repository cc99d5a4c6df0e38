//! The guard lives as long as main, and so does Winsock.

use windows_sys::Win32::Networking::WinSock::{gethostname, WSACleanup, WSADATA, WSAStartup};

struct Winsock;

impl Winsock {
    fn start() -> Result<Winsock, i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => Ok(Winsock),
            code => Err(code),
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

fn main() -> Result<(), i32> {
    let _winsock = Winsock::start()?;
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    Ok(())
}
