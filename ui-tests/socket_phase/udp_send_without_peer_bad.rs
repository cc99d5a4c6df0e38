//! send on a datagram socket that has no peer: it would have to be sendto.

use winapi::shared::ws2def::{AF_INET, IPPROTO_UDP, SOCKADDR_IN};
use winapi::um::winsock2::{bind, closesocket, INVALID_SOCKET, send, SOCK_DGRAM, socket, SOCKET_ERROR};

pub fn announce(local: &SOCKADDR_IN, lines: &[&str]) -> usize {
    let mut sent = 0;
    let size = size_of::<SOCKADDR_IN>() as i32;
    let s = unsafe { socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP as i32) };
    if s == INVALID_SOCKET {
        return sent;
    }
    if unsafe { bind(s, (local as *const SOCKADDR_IN).cast(), size) } != SOCKET_ERROR {
        for line in lines {
            let (data, len) = (line.as_ptr().cast(), line.len() as i32);
            if unsafe { send(s, data, len, 0) } == len { //~ socket_phase
                sent += 1;
            }
        }
    }
    unsafe { closesocket(s) };
    sent
}
