//! windows crate: a failed option closes the socket, and the next option is set all the same.

use windows::Win32::Networking::WinSock::*;

pub unsafe fn tune(s: SOCKET) -> bool {
    let on = 1i32.to_ne_bytes();
    let mut ok = true;
    if setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, Some(&on)) == SOCKET_ERROR {
        closesocket(s);
        ok = false;
    }
    if setsockopt(s, IPPROTO_TCP.0, TCP_NODELAY, Some(&on)) == SOCKET_ERROR { //~ use_after_close
        eprintln!("no TCP_NODELAY");
    }
    ok
}
