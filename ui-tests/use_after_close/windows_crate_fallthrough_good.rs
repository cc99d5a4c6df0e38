//! windows crate: the second option is set only when the first one worked.

use windows::Win32::Networking::WinSock::*;

pub unsafe fn tune(s: SOCKET) -> bool {
    let on = 1i32.to_ne_bytes();
    let mut ok = true;
    if setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, Some(&on)) == SOCKET_ERROR {
        closesocket(s);
        ok = false;
    }
    if ok && setsockopt(s, IPPROTO_TCP.0, TCP_NODELAY, Some(&on)) == SOCKET_ERROR {
        eprintln!("no TCP_NODELAY");
    }
    ok
}
