//! The accepted socket was there before its listener got a time, so it inherited none.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock as ws;

pub unsafe fn accept_one(addr: &ws::SOCKADDR_IN) -> Option<ws::SOCKET> {
    let listener = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP);
    if listener == ws::INVALID_SOCKET {
        return None;
    }
    let len = size_of::<ws::SOCKADDR_IN>() as i32;
    if ws::bind(listener, (addr as *const ws::SOCKADDR_IN).cast(), len) != 0 || ws::listen(listener, 1) != 0 {
        ws::closesocket(listener);
        return None;
    }
    let linger = ws::LINGER { l_onoff: 1, l_linger: 15 };
    let client = ws::accept(listener, null_mut(), null_mut());
    ws::setsockopt(listener, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4);
    ws::closesocket(listener);
    if client == ws::INVALID_SOCKET {
        return None;
    }
    let dont = 0u32.to_le_bytes();
    ws::setsockopt(client, ws::SOL_SOCKET, ws::SO_DONTLINGER, dont.as_ptr(), 4); //~ dontlinger_unspecified_timeout
    Some(client)
}
