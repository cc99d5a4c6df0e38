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

fn start() -> Result<(), i32> {
    let mut d = unsafe { std::mem::zeroed() };
    let r = unsafe { WSAStartup(0x202, &mut d) };
    if r != 0 {
        return Err(unsafe { WSAGetLastError() });
    }
    Ok(())
}
