//! closesocket of a lingering nonblocking socket reports WSAEWOULDBLOCK, and the open socket is given up.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, IPPROTO_TCP, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOCKET_ERROR, SOL_SOCKET, WSAEWOULDBLOCK, WSAGetLastError};

pub unsafe fn finish(addr: *const SOCKADDR, len: i32, data: &[u8]) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP); //~ unclosed_socket
    if s == INVALID_SOCKET {
        return false;
    }
    if connect(s, addr, len) == SOCKET_ERROR {
        closesocket(s);
        return false;
    }
    send(s, data.as_ptr(), data.len() as i32, 0);
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    let mut on = 1;
    ioctlsocket(s, FIONBIO, &mut on);
    closesocket(s) == 0 || WSAGetLastError() != WSAEWOULDBLOCK //~ nonblocking_linger
}
