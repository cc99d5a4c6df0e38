//! The time was set on the same socket on which SO_DONTLINGER is cleared.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, LINGER, setsockopt, SO_DONTLINGER, SO_LINGER, SOCK_STREAM, SOCKET, socket, SOL_SOCKET};

pub struct Channels {
    pub control: SOCKET,
    pub data: SOCKET,
}

pub unsafe fn create() -> Option<Channels> {
    let control = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if control == INVALID_SOCKET {
        return None;
    }
    let data = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if data == INVALID_SOCKET {
        closesocket(control);
        return None;
    }
    let linger = LINGER { l_onoff: 1, l_linger: 20 };
    setsockopt(data, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    setsockopt(data, SOL_SOCKET, SO_DONTLINGER, &0i32 as *const _ as *const u8, 4);
    Some(Channels { control, data })
}
