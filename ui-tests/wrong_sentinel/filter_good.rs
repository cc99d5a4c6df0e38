//! An Option's filter keeps everything but INVALID_SOCKET.

use windows_sys::Win32::Networking::WinSock::{ADDRESS_FAMILY, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKET, socket};

pub fn opened(family: ADDRESS_FAMILY) -> Option<SOCKET> {
    Some(unsafe { socket(family as i32, SOCK_DGRAM, IPPROTO_UDP) })
        .filter(|&s| s != INVALID_SOCKET)
}
