//! A labelled break leaves the block past the close.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, send, SOCK_STREAM, SOCKADDR, socket};

pub unsafe fn handshake(addr: *const SOCKADDR, len: i32) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP); //~ unclosed_socket
    if s == INVALID_SOCKET {
        return false;
    }
    'attempt: {
        if connect(s, addr, len) != 0 {
            break 'attempt false;
        }
        let sent = send(s, b"HELO".as_ptr(), 4, 0);
        closesocket(s);
        sent == 4
    }
}
