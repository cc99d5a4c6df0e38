//! A closure per address opens and connects in one go.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket};

pub fn first_open(addrs: &[SOCKADDR_IN]) -> Option<SOCKET> {
    let len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    addrs.iter().find_map(|addr| {
        let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), len) } == 0 { //~ unchecked_socket
            return Some(s);
        }
        unsafe { closesocket(s) };
        None
    })
}
