//! addr_of_mut! of the option's value; let-else closes.

use std::ptr::addr_of_mut;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, getsockopt, INVALID_SOCKET, SO_RCVBUF, SO_SNDBUF, SOCK_STREAM, SOCKET, socket, SOL_SOCKET};

fn option(s: SOCKET, name: i32) -> Option<u32> {
    let mut value = 0u32;
    let mut len = size_of::<u32>() as i32;
    let res = unsafe { getsockopt(s, SOL_SOCKET, name, addr_of_mut!(value).cast(), addr_of_mut!(len)) };
    (res == 0).then_some(value)
}

pub fn default_buffers() -> Option<(u32, u32)> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    let (Some(incoming), Some(outgoing)) = (option(s, SO_RCVBUF), option(s, SO_SNDBUF)) else {
        unsafe { closesocket(s) };
        return None;
    };
    unsafe { closesocket(s) };
    Some((incoming, outgoing))
}
