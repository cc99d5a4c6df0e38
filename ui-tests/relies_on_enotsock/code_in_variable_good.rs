//! The option is read before the close, and its code is kept for the log only.

use std::mem;
use winapi::um::winsock2::{SO_ERROR, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError, closesocket, getsockopt};

pub unsafe fn retire(sockets: &mut Vec<SOCKET>) -> usize {
    let mut gone = 0;
    while let Some(s) = sockets.pop() {
        let (mut pending, mut len) = (0i32, mem::size_of::<i32>() as i32);
        let r = getsockopt(s, SOL_SOCKET, SO_ERROR, (&raw mut pending).cast(), &mut len);
        let code = if r == SOCKET_ERROR { WSAGetLastError() } else { 0 };
        closesocket(s);
        println!("{s}: {code}, pending {pending}");
        gone += 1;
    }
    gone
}
