//! WSACleanup does report through the last error; WSAStartup in the same cvt-style module returns its code.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

trait Status: Copy {
    fn failed(self) -> bool;
}

impl Status for i32 {
    fn failed(self) -> bool {
        self == ws::SOCKET_ERROR
    }
}

fn cvt<T: Status>(status: T) -> io::Result<T> {
    if status.failed() { Err(io::Error::last_os_error()) } else { Ok(status) }
}

pub struct Winsock(bool);

impl Winsock {
    pub fn start() -> io::Result<Winsock> {
        let mut data: ws::WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { ws::WSAStartup(0x202, &mut data) };
        (code == 0).then(|| Winsock(true)).ok_or_else(|| io::Error::from_raw_os_error(code))
    }

    pub fn stop(mut self) -> io::Result<()> {
        self.0 = false;
        cvt(unsafe { ws::WSACleanup() }).map(drop)
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        if self.0 {
            let _ = cvt(unsafe { ws::WSACleanup() }).inspect_err(|e| eprintln!("WSACleanup: {e}"));
        }
    }
}
