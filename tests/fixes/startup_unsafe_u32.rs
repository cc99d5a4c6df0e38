use std::io;
use std::time::Duration;
use windows_sys::Win32::Foundation::{CloseHandle, GetLastError, HANDLE};
use windows_sys::Win32::Foundation::CloseHandle as shut;
use windows_sys::Win32::Networking::WinSock::*;
fn cvt(r: i32) -> io::Result<i32> {
    if r == SOCKET_ERROR {
        Err(io::Error::last_os_error())
    } else {
        Ok(r)
    }
}

fn start() -> Result<(), String> {
    let mut d = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut d) } != 0 {
        return Err(unsafe { GetLastError() }.to_string());
    }
    Ok(())
}
