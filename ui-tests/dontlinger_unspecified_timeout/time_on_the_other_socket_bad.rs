//! The time was set on the control socket, SO_DONTLINGER is cleared on the data socket.

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
    setsockopt(control, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    setsockopt(data, SOL_SOCKET, SO_DONTLINGER, &0i32 as *const _ as *const u8, 4); //~ dontlinger_unspecified_timeout
    Some(Channels { control, data })
}
