//! WSAIoctl makes the socket nonblocking; its one closesocket may report WSAEWOULDBLOCK.

use std::ptr;
use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, FIONBIO, INVALID_SOCKET, IPPROTO_TCP, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, SOCKET_ERROR, SOL_SOCKET, WSA_FLAG_OVERLAPPED, WSAConnect, WSAIoctl, WSASocketW};

pub unsafe fn farewell(addr: *const SOCKADDR, len: i32) {
    let s = WSASocketW(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP, ptr::null(), 0, WSA_FLAG_OVERLAPPED);
    if s == INVALID_SOCKET {
        return;
    }
    if WSAConnect(s, addr, len, ptr::null(), ptr::null_mut(), ptr::null(), ptr::null()) == SOCKET_ERROR {
        closesocket(s);
        return;
    }
    let on: u32 = 1;
    let mut bytes = 0;
    WSAIoctl(s, FIONBIO as u32, (&raw const on).cast(), 4, ptr::null_mut(), 0, &mut bytes, ptr::null_mut(), None);
    let linger = LINGER { l_onoff: 1, l_linger: 8 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, ptr::addr_of!(linger).cast(), 4);
    send(s, b"BYE".as_ptr(), 3, 0);
    thread::sleep(Duration::from_millis(10));
    closesocket(s); //~ nonblocking_linger
}
