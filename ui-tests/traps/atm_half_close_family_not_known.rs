//! The family is a parameter; nothing says that it is ATM.

use std::io;
use winapi::shared::ws2def::{AF_ATM, SOCKADDR};
use winapi::um::winsock2::{closesocket, connect, INVALID_SOCKET, recv, SD_SEND, shutdown, SOCKET, socket};

pub struct Family(pub i32);

pub const ATM: Family = Family(AF_ATM);

pub fn end_of_requests(s: SOCKET) -> bool {
    unsafe { shutdown(s, SD_SEND) == 0 }
}

pub unsafe fn fetch(family: Family, kind: i32, addr: *const SOCKADDR, len: i32, out: &mut [u8]) -> io::Result<i32> {
    let s = socket(family.0, kind, 0);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut n = 0;
    if connect(s, addr, len) == 0 && end_of_requests(s) {
        n = recv(s, out.as_mut_ptr().cast(), out.len() as i32, 0);
    }
    closesocket(s);
    Ok(n)
}
