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

fn dial(s: SOCKET, a: *const SOCKADDR, e: &str) -> io::Result<()> {
    if unsafe { connect(s, a, 16) } == SOCKET_ERROR {
        unsafe { closesocket(s) };
        eprintln!("{}", e.len());
        let e = io::Error::last_os_error();
        return Err(e);
    }
    Ok(())
}
