//! Made blocking again so that the lingering close can wait, and its result is taken for the delivery.

use std::io;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, FIONBIO, INVALID_SOCKET, ioctlsocket, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSA_FLAG_OVERLAPPED, WSAConnect, WSASocketW};

const OFF: LINGER = LINGER { l_onoff: 0, l_linger: 12 };

fn nonblocking(s: SOCKET, on: bool) -> bool {
    let mut mode = on as u32;
    unsafe { ioctlsocket(s, FIONBIO, &mut mode) == 0 }
}

/// Tells whether the peer got the whole text.
pub unsafe fn shout(addr: *const SOCKADDR, len: i32, text: &[u8]) -> io::Result<bool> {
    let s = WSASocketW(AF_INET as i32, SOCK_STREAM, 0, null(), 0, WSA_FLAG_OVERLAPPED);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if WSAConnect(s, addr, len, null(), null_mut(), null(), null()) == SOCKET_ERROR || !nonblocking(s, true) {
        let err = io::Error::last_os_error();
        closesocket(s);
        return Err(err);
    }
    let n = send(s, text.as_ptr(), text.len() as i32, 0);
    if n != text.len() as i32 || !nonblocking(s, false) {
        closesocket(s);
        return Err(io::ErrorKind::WouldBlock.into());
    }
    let linger = LINGER { l_onoff: 1, ..OFF };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    let arrived = closesocket(s) == 0; //~ close_result_as_delivery
    Ok(arrived)
}
