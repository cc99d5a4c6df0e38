//! winapi: the zeroed LINGER gets its time only, and l_onoff stays zero.

use std::mem;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR};
use winapi::um::winsock2::*;

pub unsafe fn start_connect(addr: *const SOCKADDR, len: i32) -> i32 {
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return WSAGetLastError();
    }
    let mut nonblocking = 1;
    if ioctlsocket(s, FIONBIO, &mut nonblocking) == SOCKET_ERROR {
        let code = WSAGetLastError();
        closesocket(s);
        return code;
    }
    let mut option: LINGER = mem::zeroed();
    option.l_linger = 3;
    setsockopt(s, SOL_SOCKET, SO_LINGER, &option as *const LINGER as *const i8, mem::size_of::<LINGER>() as i32);
    let code = if connect(s, addr, len) == 0 { 0 } else { WSAGetLastError() };
    closesocket(s);
    code
}
