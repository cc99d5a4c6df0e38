//! SD_RECEIVE does not say anything to the peer; the sending half is closed by closesocket.

use std::ptr::{null, null_mut};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, SD_RECEIVE, send, shutdown, SOCK_STREAM, SOCKADDR, WSA_FLAG_OVERLAPPED, WSAConnect, WSASocketW};

const END: i32 = SD_RECEIVE;

pub unsafe fn fire_and_forget(addr: *const SOCKADDR, len: i32, event: &str) -> bool {
    let s = WSASocketW(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP, null(), 0, WSA_FLAG_OVERLAPPED);
    if s == INVALID_SOCKET {
        return false;
    }
    if WSAConnect(s, addr, len, null(), null_mut(), null(), null()) != 0 {
        closesocket(s);
        return false;
    }
    let sent = send(s, event.as_ptr(), event.len() as i32, 0) > 0;
    if sent {
        shutdown(s, END);
    }
    closesocket(s); //~ close_without_shutdown
    sent
}
