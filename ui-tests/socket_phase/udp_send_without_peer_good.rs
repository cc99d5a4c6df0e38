//! sendto names the peer of each datagram.

use winapi::shared::ws2def::{AF_INET, IPPROTO_UDP, SOCKADDR_IN};
use winapi::um::winsock2::{bind, closesocket, INVALID_SOCKET, sendto, SOCK_DGRAM, socket, SOCKET_ERROR};

pub fn announce(local: &SOCKADDR_IN, group: &SOCKADDR_IN, lines: &[&str]) -> usize {
    let mut sent = 0;
    let size = size_of::<SOCKADDR_IN>() as i32;
    let s = unsafe { socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP as i32) };
    if s == INVALID_SOCKET {
        return sent;
    }
    if unsafe { bind(s, (local as *const SOCKADDR_IN).cast(), size) } != SOCKET_ERROR {
        for line in lines {
            let (data, len) = (line.as_ptr().cast(), line.len() as i32);
            if unsafe { sendto(s, data, len, 0, (group as *const SOCKADDR_IN).cast(), size) } == len {
                sent += 1;
            }
        }
    }
    unsafe { closesocket(s) };
    sent
}
