//! A local Vec<SOCKET> is drained by closesocket.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKET, socket};

pub fn how_many(limit: usize) -> usize {
    let mut sockets: Vec<SOCKET> = Vec::new();
    while sockets.len() < limit {
        let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
        if s == INVALID_SOCKET {
            break;
        }
        sockets.push(s);
    }
    let n = sockets.len();
    for s in sockets {
        unsafe { closesocket(s) };
    }
    n
}
