//! The inner start-up is given back; the outer one keeps Winsock for the call that follows.

use std::ffi::CStr;
use winapi::um::winsock2 as ws;

unsafe fn newest_version() -> Option<u16> {
    let mut data: ws::WSADATA = std::mem::zeroed();
    if ws::WSAStartup(0x202, &mut data) != 0 {
        return None;
    }
    ws::WSACleanup();
    Some(data.wHighVersion)
}

pub unsafe fn known_under(name: &CStr) -> Option<(u16, bool)> {
    let mut data: ws::WSADATA = std::mem::zeroed();
    if ws::WSAStartup(0x202, &mut data) != 0 {
        return None;
    }
    let version = newest_version();
    let known = !ws::gethostbyname(name.as_ptr()).is_null();
    ws::WSACleanup();
    Some((version?, known))
}
