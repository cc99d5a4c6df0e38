//! "Greater than zero" holds for INVALID_SOCKET too.

use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, connect, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKET, WSA_FLAG_OVERLAPPED, WSASocketW};

pub unsafe fn dial(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = WSASocketW(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED);
    if s > 0 { //~ wrong_sentinel
        if connect(s, addr, len) == 0 {
            return Some(s);
        }
        closesocket(s);
    }
    None
}
