//! winapi: main starts Winsock before the helper looks services up.

use std::ffi::CString;
use winapi::um::winsock2::{WSACleanup, WSAStartup, getservbyname};

fn port_of(service: &str) -> Option<u16> {
    let name = CString::new(service).ok()?;
    let entry = unsafe { getservbyname(name.as_ptr(), std::ptr::null()) };
    if entry.is_null() {
        return None;
    }
    Some(u16::from_be(unsafe { (*entry).s_port } as u16))
}

fn main() {
    let mut data = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        eprintln!("WSAStartup: {code}");
        return;
    }
    for service in std::env::args().skip(1) {
        match port_of(&service) {
            Some(port) => println!("{service}: {port}"),
            None => eprintln!("{service}: unknown"),
        }
    }
    unsafe { WSACleanup() };
}
