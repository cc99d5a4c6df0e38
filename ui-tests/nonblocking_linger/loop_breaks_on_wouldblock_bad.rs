//! The loop repeats the close after WSAEINPROGRESS, but gives up on WSAEWOULDBLOCK.

use std::thread;
use winapi::shared::ws2def::{AF_INET6, SOCK_STREAM, SOCKADDR};
use winapi::shared::winerror::{WSAEINPROGRESS, WSAEWOULDBLOCK};
use winapi::um::winsock2::{FIONBIO, INVALID_SOCKET, SO_LINGER, SOL_SOCKET, WSAGetLastError, closesocket, connect, ioctlsocket, linger, setsockopt, socket};

pub unsafe fn visit(addr: *const SOCKADDR, len: i32) -> Result<bool, i32> {
    let s = socket(AF_INET6, SOCK_STREAM, 0); //~ unclosed_socket
    if s == INVALID_SOCKET {
        return Err(WSAGetLastError());
    }
    let reached = connect(s, addr, len) == 0;
    ioctlsocket(s, FIONBIO, &mut 1);
    let option = linger { l_onoff: 1, l_linger: 15 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, &option as *const linger as *const i8, 4);
    loop {
        if closesocket(s) == 0 { //~ nonblocking_linger
            break;
        }
        match WSAGetLastError() as u32 {
            WSAEINPROGRESS => continue,
            WSAEWOULDBLOCK => break,
            code => return Err(code as i32),
        }
    }
    Ok(reached)
}
