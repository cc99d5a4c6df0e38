//! A relay shuts down both connections before it closes them.

use std::ptr::null_mut;
use winapi::shared::ws2def::{AF_INET, SOCKADDR};
use winapi::um::winsock2 as wsa;

pub unsafe fn relay_one(listener: wsa::SOCKET, upstream: (*const SOCKADDR, i32)) -> bool {
    let client = wsa::accept(listener, null_mut(), null_mut());
    if client == wsa::INVALID_SOCKET {
        return false;
    }
    let up = wsa::socket(AF_INET, wsa::SOCK_STREAM, 0);
    if up == wsa::INVALID_SOCKET || wsa::connect(up, upstream.0, upstream.1) != 0 {
        if up != wsa::INVALID_SOCKET {
            wsa::closesocket(up);
        }
        wsa::closesocket(client);
        return false;
    }
    let mut buf = [0i8; 1024];
    let n = wsa::recv(client, buf.as_mut_ptr(), 1024, 0);
    let mut answered = false;
    if n > 0 && wsa::send(up, buf.as_ptr(), n, 0) == n {
        let n = wsa::recv(up, buf.as_mut_ptr(), 1024, 0);
        answered = n > 0 && wsa::send(client, buf.as_ptr(), n, 0) == n;
    }
    wsa::shutdown(up, wsa::SD_BOTH);
    wsa::closesocket(up);
    wsa::shutdown(client, wsa::SD_BOTH);
    wsa::closesocket(client);
    answered
}
