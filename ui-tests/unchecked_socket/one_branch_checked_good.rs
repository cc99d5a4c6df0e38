//! One check after both branches.

use winapi::shared::ws2def::{AF_INET, AF_INET6, SOCKADDR, SOCK_DGRAM};
use winapi::um::winsock2::{bind, closesocket, socket, INVALID_SOCKET, SOCKET};

pub unsafe fn open(addr: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    let s = if (*addr).sa_family as i32 == AF_INET6 {
        socket(AF_INET6, SOCK_DGRAM, 0)
    } else {
        socket(AF_INET, SOCK_DGRAM, 0)
    };
    if s == INVALID_SOCKET {
        return None;
    }
    if bind(s, addr, len) != 0 {
        closesocket(s);
        return None;
    }
    Some(s)
}
