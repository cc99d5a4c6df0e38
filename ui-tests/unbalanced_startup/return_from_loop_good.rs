//! A hit breaks out of the loop, and the one way past the loop cleans up.

use std::ffi::CStr;
use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSADATA, WSAStartup, gethostbyname};

pub fn first_known<'a>(names: &[&'a CStr]) -> Option<&'a CStr> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 {
        return None;
    }
    let mut found = None;
    for &name in names {
        if !unsafe { gethostbyname(name.as_ptr().cast()) }.is_null() {
            found = Some(name);
            break;
        }
    }
    unsafe { WSACleanup() };
    found
}
