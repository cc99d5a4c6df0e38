//! The result is kept until WSACleanup has run, and only then does `?` look at it.

use std::ffi::CStr;
use std::io;
use windows_sys::Win32::Networking::WinSock::{self as WinSock, SOCKET_ERROR, WSADATA};

fn cvt(res: i32) -> io::Result<i32> {
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(res) }
}

fn to_string(buf: &[u8]) -> io::Result<String> {
    CStr::from_bytes_until_nul(buf)
        .map(|name| name.to_string_lossy().into_owned())
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

pub fn host_name() -> io::Result<String> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WinSock::WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(io::Error::from_raw_os_error(code));
    }
    let mut buf = [0u8; 256];
    let res = cvt(unsafe { WinSock::gethostname(buf.as_mut_ptr(), buf.len() as i32) });
    unsafe { WinSock::WSACleanup() };
    res?;
    to_string(&buf)
}
