//! Two sockets linger; the nonblocking one is switched off before its close.

use windows_sys::Win32::Networking::WinSock::*;

unsafe fn set_linger(s: SOCKET, l_onoff: u16) {
    let linger = LINGER { l_onoff, l_linger: 6 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
}

pub unsafe fn race(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let first = socket(AF_INET as i32, SOCK_STREAM, 0);
    if first == INVALID_SOCKET {
        return None;
    }
    let second = socket(AF_INET as i32, SOCK_STREAM, 0);
    if second == INVALID_SOCKET {
        closesocket(first);
        return None;
    }
    set_linger(first, 1);
    set_linger(second, 1);
    let mut on = 1;
    ioctlsocket(second, FIONBIO, &mut on);
    connect(second, addr, len);
    let connected = connect(first, addr, len) == 0;
    set_linger(second, 0);
    closesocket(second);
    if connected {
        return Some(first);
    }
    closesocket(first);
    None
}
