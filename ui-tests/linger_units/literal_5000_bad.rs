//! Five thousand seconds were meant to be five.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_TCP, LINGER, setsockopt, SO_LINGER, SOCK_STREAM, SOCKET, socket, SOL_SOCKET};

pub unsafe fn lingering_socket() -> Option<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return None;
    }
    let linger = LINGER { l_onoff: 1, l_linger: 5000 }; //~ linger_units
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
    Some(s)
}
