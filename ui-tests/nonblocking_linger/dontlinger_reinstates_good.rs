//! SO_DONTLINGER stays on, so that the earlier linger time does not count.

use std::mem;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR};
use winapi::um::winsock2::*;

pub unsafe fn upload(addr: *const SOCKADDR, len: i32, data: &[u8]) -> bool {
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return false;
    }
    let secs = linger { l_onoff: 1, l_linger: 6 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, &secs as *const _ as *const i8, mem::size_of::<linger>() as i32);
    let dont: i32 = 1;
    setsockopt(s, SOL_SOCKET, SO_DONTLINGER, &dont as *const i32 as *const i8, 4);
    if connect(s, addr, len) == SOCKET_ERROR {
        closesocket(s);
        return false;
    }
    let mut nonblocking: u32 = 1;
    ioctlsocket(s, FIONBIO, &mut nonblocking);
    let sent = send(s, data.as_ptr().cast(), data.len() as i32, 0);
    let dont: i32 = 1;
    setsockopt(s, SOL_SOCKET, SO_DONTLINGER, &dont as *const i32 as *const i8, 4);
    closesocket(s);
    sent == data.len() as i32
}
