//! The routine calls a helper that resolves the name it received.

use std::mem::zeroed;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Networking::WinSock as ws;
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::SleepEx;

#[repr(C)]
pub struct Query {
    overlapped: OVERLAPPED,
    name: [u8; 256],
    usable: bool,
    received: bool,
    found: bool,
}

fn resolve(query: &mut Query) {
    let mut list: *mut ws::ADDRINFOA = null_mut();
    let hints: ws::ADDRINFOA = unsafe { zeroed() };
    query.name[255] = 0;
    if unsafe { ws::getaddrinfo(query.name.as_ptr(), null(), &hints, &mut list) } == 0 { //~ blocking_call_in_apc
        query.found = true;
        unsafe { ws::freeaddrinfo(list) };
    }
}

unsafe extern "system" fn name_read(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _: u32) {
    let query = unsafe { &mut *(overlapped as *mut Query) };
    query.usable = error == 0 && bytes > 0;
    if query.usable {
        resolve(query);
    }
    query.received = true;
}

pub unsafe fn ask(s: ws::SOCKET, query: *mut Query) -> bool {
    let data = ws::WSABUF { len: 255, buf: (&raw mut (*query).name).cast() };
    let mut flags = 0;
    if ws::WSARecv(s, &data, 1, null_mut(), &mut flags, query.cast(), Some(name_read)) != 0 && ws::WSAGetLastError() != ws::WSA_IO_PENDING {
        return false;
    }
    while !(*query).received {
        SleepEx(u32::MAX, 1);
    }
    (*query).found
}
