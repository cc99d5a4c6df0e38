//! A plain fn opens the socket and makes it linger; the task that it spawns closes it.

use windows_sys::Win32::Networking::WinSock::{
    AF_INET6, closesocket, connect, INVALID_SOCKET, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR_IN6, socket, SOCKET_ERROR, SOL_SOCKET,
};

pub fn send_later(addr: &SOCKADDR_IN6, data: Vec<u8>) -> bool {
    let s = unsafe { socket(AF_INET6 as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return false;
    }
    let option = LINGER { l_onoff: 1, l_linger: 20 };
    if unsafe {
        connect(s, (addr as *const SOCKADDR_IN6).cast(), size_of::<SOCKADDR_IN6>() as i32) == SOCKET_ERROR
            || setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), 4) == SOCKET_ERROR
    } {
        unsafe { closesocket(s) };
        return false;
    }
    tokio::spawn(async move {
        let sent = unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
        unsafe { closesocket(s) }; //~ blocking_linger_in_async
        println!("{sent} bytes");
    });
    true
}
