//! The variable holds a new socket when the code is compared with WSAENOTSOCK: the closed one is gone.

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, closesocket, connect, INVALID_SOCKET, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR, WSAENOTSOCK, WSAGetLastError,
};

pub fn connect_either(first: &SOCKADDR_IN, second: &SOCKADDR_IN) -> Option<SOCKET> {
    let len = size_of::<SOCKADDR_IN>() as i32;
    let mut s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    if unsafe { connect(s, std::ptr::from_ref(first).cast(), len) } != SOCKET_ERROR {
        return Some(s);
    }
    unsafe { closesocket(s) };
    s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    if unsafe { connect(s, std::ptr::from_ref(second).cast(), len) } == SOCKET_ERROR {
        if unsafe { WSAGetLastError() } == WSAENOTSOCK {
            eprintln!("a layered provider does not know its own sockets");
        }
        unsafe { closesocket(s) };
        return None;
    }
    Some(s)
}
