//! A failed listen is only logged, and the socket accepts on.

use std::ptr;
use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn serve(addr: *const SOCKADDR, len: i32, greeting: &[u8]) {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return;
    }
    if bind(s, addr, len) == SOCKET_ERROR {
        eprintln!("bind: {}", WSAGetLastError());
        closesocket(s);
        return;
    }
    if listen(s, 16) == SOCKET_ERROR {
        eprintln!("listen: {}", WSAGetLastError());
    }
    loop {
        let c = accept(s, ptr::null_mut(), ptr::null_mut()); //~ socket_phase
        if c == INVALID_SOCKET {
            break;
        }
        send(c, greeting.as_ptr(), greeting.len() as i32, 0);
        closesocket(c);
    }
    closesocket(s);
}
