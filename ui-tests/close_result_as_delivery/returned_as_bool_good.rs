//! The peer's end of stream confirms the delivery; the close's result says nothing.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, LINGER, recv, SD_SEND, send, setsockopt, shutdown, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOL_SOCKET};

/// Sends `data`; true when it has been delivered to the peer.
pub unsafe fn deliver(addr: *const SOCKADDR, len: i32, data: &[u8]) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return false;
    }
    let linger = LINGER { l_onoff: 1, l_linger: 10 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
    if connect(s, addr, len) != 0 || send(s, data.as_ptr(), data.len() as i32, 0) != data.len() as i32 {
        closesocket(s);
        return false;
    }
    let mut rest = [0u8; 64];
    shutdown(s, SD_SEND);
    let delivered = loop {
        let n = recv(s, rest.as_mut_ptr(), 64, 0);
        if n <= 0 {
            break n == 0;
        }
    };
    closesocket(s);
    delivered
}
