//! A failed WSAStartup is only noted; each later call first looks at the note.

use std::io;
use windows_sys::Win32::Networking::WinSock as c;

pub fn host_name(name: &mut [u8; 256]) -> io::Result<()> {
    let mut data: c::WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { c::WSAStartup(0x202, &mut data) };
    let mut result = Ok(());
    if code != 0 {
        result = Err(io::Error::from_raw_os_error(code));
    } else if unsafe { c::gethostname(name.as_mut_ptr(), 256) } != 0 {
        result = Err(io::Error::last_os_error());
    }
    if code == 0 {
        unsafe { c::WSACleanup() };
    }
    result
}
