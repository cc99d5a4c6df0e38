//! The combinator hands the guard to the closure, which makes its call before it drops it.

use windows::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAGetLastError, WSAStartup, gethostname};
use windows::core::{Error, HRESULT, Result};

struct Winsock;

impl Winsock {
    fn start() -> Result<Winsock> {
        let mut data = WSADATA::default();
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => Ok(Winsock),
            code => Err(Error::from_hresult(HRESULT::from_win32(code as u32))),
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

fn main() -> Result<()> {
    let mut name = [0u8; 256];
    Winsock::start().and_then(|_winsock| match unsafe { gethostname(&mut name) } {
        0 => Ok(()),
        _ => Err(Error::from_hresult(HRESULT::from_win32(unsafe { WSAGetLastError() }.0 as u32))),
    })?;
    println!("{}", String::from_utf8_lossy(&name));
    Ok(())
}
