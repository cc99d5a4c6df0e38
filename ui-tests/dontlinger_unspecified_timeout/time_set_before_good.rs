//! winapi: FALSE reinstates the five seconds that were set before.

use std::mem;
use winapi::shared::minwindef::FALSE;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR};
use winapi::um::winsock2::*;

pub unsafe fn dial(addr: *const SOCKADDR, len: i32) -> SOCKET {
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return INVALID_SOCKET;
    }
    let five = linger { l_onoff: 1, l_linger: 5 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, &five as *const _ as *const i8, mem::size_of::<linger>() as i32);
    let size = mem::size_of_val(&FALSE) as i32;
    setsockopt(s, SOL_SOCKET, SO_DONTLINGER, &FALSE as *const _ as *const i8, size);
    if connect(s, addr, len) == SOCKET_ERROR {
        closesocket(s);
        return INVALID_SOCKET;
    }
    s
}
