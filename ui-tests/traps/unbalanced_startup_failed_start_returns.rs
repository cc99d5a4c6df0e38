//! The early return is that of the failed start-up, which has nothing to clean up.

use std::io;
use windows_sys::Win32::Networking::WinSock as c;

pub fn with_winsock(run: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut data: c::WSADATA = unsafe { std::mem::zeroed() };
    let started = match unsafe { c::WSAStartup(0x202, &mut data) } {
        0 => Ok(()),
        code => Err(io::Error::from_raw_os_error(code)),
    };
    started?;
    let result = run();
    unsafe { c::WSACleanup() };
    result
}
