//! The helper around WSAIoctl makes the socket blocking again before the close.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::*;

const LINGER_SECS: u16 = 7;

unsafe fn set_mode(s: SOCKET, nonblocking: u32) -> io::Result<()> {
    let mut returned = 0;
    let input = (&raw const nonblocking).cast();
    match WSAIoctl(s, FIONBIO as u32, input, 4, null_mut(), 0, &mut returned, null_mut(), None) {
        SOCKET_ERROR => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

unsafe fn peek(s: SOCKET) -> io::Result<bool> {
    set_mode(s, 1)?;
    let mut byte = 0;
    let ready = recv(s, &mut byte, 1, MSG_PEEK) > 0;
    set_mode(s, 0)?;
    Ok(ready)
}

pub unsafe fn peek_once(addr: *const SOCKADDR, len: i32) -> Option<bool> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return None;
    }
    if connect(s, addr, len) != 0 {
        closesocket(s);
        return None;
    }
    let Ok(ready) = peek(s) else {
        closesocket(s);
        return None;
    };
    let linger = LINGER { l_onoff: 1, l_linger: LINGER_SECS };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    closesocket(s);
    Some(ready)
}
