//! The loop repeats the close after WSAEINPROGRESS and after WSAEWOULDBLOCK.

use std::thread;
use winapi::shared::ws2def::{AF_INET6, SOCK_STREAM, SOCKADDR};
use winapi::shared::winerror::{WSAEINPROGRESS, WSAEWOULDBLOCK};
use winapi::um::winsock2::{FIONBIO, INVALID_SOCKET, SO_LINGER, SOL_SOCKET, WSAGetLastError, closesocket, connect, ioctlsocket, linger, setsockopt, socket};

pub unsafe fn visit(addr: *const SOCKADDR, len: i32) -> Result<bool, i32> {
    let s = socket(AF_INET6, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return Err(WSAGetLastError());
    }
    let reached = connect(s, addr, len) == 0;
    ioctlsocket(s, FIONBIO, &mut 1);
    let option = linger { l_onoff: 1, l_linger: 15 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, &option as *const linger as *const i8, 4);
    loop {
        if closesocket(s) == 0 {
            break;
        }
        match WSAGetLastError() as u32 {
            WSAEINPROGRESS => continue,
            WSAEWOULDBLOCK => thread::yield_now(),
            code => return Err(code as i32),
        }
    }
    Ok(reached)
}
