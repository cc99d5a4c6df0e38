//! Without Winsock a named event is used; the last error that is read is the event's.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup};
use windows_sys::Win32::System::Threading::CreateEventW;

pub enum Signal {
    Network,
    Event(HANDLE),
}

pub fn signal() -> io::Result<Signal> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        eprintln!("WSAStartup: {}", io::Error::from_raw_os_error(code));
        let event = unsafe { CreateEventW(std::ptr::null(), 1, 0, std::ptr::null()) };
        if event.is_null() {
            return Err(io::Error::last_os_error());
        }
        return Ok(Signal::Event(event));
    }
    Ok(Signal::Network)
}
