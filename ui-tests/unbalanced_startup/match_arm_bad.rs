//! winapi: one arm of three returns without WSACleanup.

use std::ffi::CStr;
use winapi::um::winsock2::{WSACleanup, WSADATA, WSAStartup, getservbyname};

pub enum Port {
    Known(u16),
    Unknown,
    NoWinsock,
}

pub unsafe fn find_port(service: &CStr, fallback: Option<u16>) -> Port {
    let mut data: WSADATA = std::mem::zeroed();
    if WSAStartup(0x202, &mut data) != 0 { //~ unbalanced_startup
        return Port::NoWinsock;
    }
    let entry = getservbyname(service.as_ptr(), std::ptr::null());
    match (entry.is_null(), fallback) {
        (true, Some(port)) => return Port::Known(port),
        (true, None) => {
            WSACleanup();
            Port::Unknown
        }
        (false, _) => {
            let port = u16::from_be((*entry).s_port as u16);
            WSACleanup();
            Port::Known(port)
        }
    }
}
