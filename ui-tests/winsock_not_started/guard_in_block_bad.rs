//! The start-up guard lives in an inner block of main only, so the host name is asked for after WSACleanup.

use std::io;
use std::mem::MaybeUninit;
use windows_sys::Win32::Networking::WinSock::{self as ws, WSADATA};

struct Winsock {
    data: WSADATA,
}

impl Winsock {
    fn start() -> io::Result<Self> {
        let mut data = MaybeUninit::<WSADATA>::uninit();
        match unsafe { ws::WSAStartup(0x0202, data.as_mut_ptr()) } {
            0 => Ok(Self { data: unsafe { data.assume_init() } }),
            code => Err(io::Error::from_raw_os_error(code)),
        }
    }

    fn version(&self) -> (u8, u8) {
        let [major, minor] = self.data.wVersion.to_le_bytes();
        (major, minor)
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { ws::WSACleanup() };
    }
}

fn host_name() -> io::Result<String> {
    let mut buf = [0u8; 256];
    if unsafe { ws::gethostname(buf.as_mut_ptr(), buf.len() as i32) } == ws::SOCKET_ERROR { //~ winsock_not_started
        return Err(io::Error::last_os_error());
    }
    let len = buf.iter().position(|b| *b == 0).unwrap_or(buf.len());
    Ok(String::from_utf8_lossy(&buf[..len]).into_owned())
}

fn main() -> io::Result<()> {
    let (major, minor) = {
        let winsock = Winsock::start()?;
        winsock.version()
    };
    println!("Winsock {major}.{minor}");
    println!("running on {}", host_name()?);
    Ok(())
}
