//! The code of the failed call is kept in a variable and compared with WSAENOTSOCK later.

use std::mem;
use winapi::um::winsock2::{SO_ERROR, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError, closesocket, getsockopt};

pub unsafe fn retire(sockets: &mut Vec<SOCKET>) -> usize {
    let mut gone = 0;
    while let Some(s) = sockets.pop() {
        let (mut pending, mut len) = (0i32, mem::size_of::<i32>() as i32);
        closesocket(s);
        let r = getsockopt(s, SOL_SOCKET, SO_ERROR, (&raw mut pending).cast(), &mut len); //~ use_after_close
        let code = if r == SOCKET_ERROR { WSAGetLastError() } else { 0 };
        println!("{s}: {code}, pending {pending}");
        if code == WSAENOTSOCK { //~ relies_on_enotsock
            gone += 1;
        }
    }
    gone
}
