//! The guard is dropped on every path and calls WSACleanup there.

use windows_sys::Win32::Networking::WinSock::{self as net, WSADATA};

struct Winsock;

impl Winsock {
    fn start() -> Result<Winsock, i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { net::WSAStartup(0x202, &mut data) } {
            0 => Ok(Winsock),
            code => Err(code),
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { net::WSACleanup() };
    }
}

pub fn name_length() -> Result<usize, i32> {
    let winsock = Winsock::start()?;
    let mut name = [0u8; 256];
    if unsafe { net::gethostname(name.as_mut_ptr(), 256) } != 0 {
        let code = unsafe { net::WSAGetLastError() };
        drop(winsock);
        return Err(code);
    }
    drop(winsock);
    Ok(name.iter().take_while(|&&b| b != 0).count())
}
