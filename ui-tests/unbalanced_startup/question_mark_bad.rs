//! `?` leaves between WSAStartup and WSACleanup.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostname};

fn local_name() -> io::Result<String> {
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } != 0 {
        return Err(io::Error::last_os_error());
    }
    let end = name.iter().position(|&b| b == 0).unwrap_or(name.len());
    Ok(String::from_utf8_lossy(&name[..end]).into_owned())
}

pub fn banner() -> io::Result<String> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    match unsafe { WSAStartup(0x202, &mut data) } { //~ unbalanced_startup
        0 => {}
        code => return Err(io::Error::from_raw_os_error(code)),
    }
    let name = local_name()?;
    unsafe { WSACleanup() };
    Ok(format!("220 {name} ready"))
}
