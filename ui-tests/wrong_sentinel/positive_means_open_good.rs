//! "Not INVALID_SOCKET" is the test.

use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, WSA_FLAG_OVERLAPPED, WSASocketW};

pub unsafe fn dial(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = WSASocketW(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED);
    if s != INVALID_SOCKET {
        if connect(s, addr, len) == 0 {
            return Some(s);
        }
        closesocket(s);
    }
    None
}
