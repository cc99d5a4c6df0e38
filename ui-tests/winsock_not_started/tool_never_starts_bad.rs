//! winapi: a helper looks services up, and nothing in the program starts Winsock.

use std::ffi::CString;
use winapi::um::winsock2::getservbyname;

fn port_of(service: &str) -> Option<u16> {
    let name = CString::new(service).ok()?;
    let entry = unsafe { getservbyname(name.as_ptr(), std::ptr::null()) }; //~ winsock_not_started
    if entry.is_null() {
        return None;
    }
    Some(u16::from_be(unsafe { (*entry).s_port } as u16))
}

fn main() {
    for service in std::env::args().skip(1) {
        match port_of(&service) {
            Some(port) => println!("{service}: {port}"),
            None => eprintln!("{service}: unknown"),
        }
    }
}
