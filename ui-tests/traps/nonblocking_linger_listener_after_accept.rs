//! The listener gets its mode and its linger time when the client has been accepted already.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn accept_first_then_poll(addr: &SOCKADDR_IN) -> Option<SOCKET> {
    let listener = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if listener == INVALID_SOCKET {
        return None;
    }
    if bind(listener, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) != 0 || listen(listener, 5) != 0 {
        closesocket(listener);
        return None;
    }
    let client = accept(listener, null_mut(), null_mut());
    if client == INVALID_SOCKET {
        closesocket(listener);
        return None;
    }
    let linger = LINGER { l_onoff: 1, l_linger: 3 };
    setsockopt(client, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    ioctlsocket(listener, FIONBIO, &mut 1);
    send(client, b"first\n".as_ptr(), 6, 0);
    closesocket(client);
    Some(listener)
}
