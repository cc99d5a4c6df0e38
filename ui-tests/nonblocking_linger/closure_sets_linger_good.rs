//! A closure sets the linger time; its last call turns it off.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOL_SOCKET};

pub fn goodbye(addr: *const SOCKADDR, len: i32) -> Option<i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    let linger = |l_onoff: u16, l_linger: u16| {
        let value = LINGER { l_onoff, l_linger };
        unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const value).cast(), 4) }
    };
    let nonblocking = || unsafe { ioctlsocket(s, FIONBIO, &mut 1) };
    linger(0, 0);
    if unsafe { connect(s, addr, len) } != 0 || nonblocking() != 0 {
        unsafe { closesocket(s) };
        return None;
    }
    let n = unsafe { send(s, b"BYE\n".as_ptr(), 4, 0) };
    linger(0, 20);
    unsafe { closesocket(s) };
    Some(n)
}
