//! One variable holds every result: the last error is read only for the one of gethostname.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

pub fn host_name(name: &mut [u8; 256]) -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let mut res = unsafe { WSAStartup(0x202, &mut data) };
    let started = res == 0;
    if started {
        res = unsafe { gethostname(name.as_mut_ptr(), 256) };
    }
    let err = match res {
        0 => None,
        code if !started => Some(io::Error::from_raw_os_error(code)),
        _ => Some(io::Error::last_os_error()),
    };
    if started {
        unsafe { WSACleanup() };
    }
    err.map_or(Ok(()), Err)
}
